export default (props: {}) => <p>Hello</p>;
