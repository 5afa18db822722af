export default "bom";
