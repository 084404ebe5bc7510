declare module 'virtual:map/world' {
  const map: import('./lib/atlas').DrawnMap;
  export default map;
}
declare module 'virtual:map/region' {
  const map: import('./lib/atlas').DrawnMap;
  export default map;
}
