export default "é";
