// Files of a folder, over HTTP.
import http from 'http';
import { files } from 'krandog:files';

const server = http.createServer();
server.get('/*', files(process.argv[2]));
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
