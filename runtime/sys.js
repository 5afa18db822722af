// sys: the name that `util` had once. https://nodejs.org/api/util.html

export * from 'util';
export { default } from 'util';
