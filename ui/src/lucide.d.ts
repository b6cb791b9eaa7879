/** One picture of the icon set, by its own file: nothing else of the set is read. */
declare module 'lucide/dist/esm/icons/*' {
  const shapes: import('./parts/icon').Icon;
  export default shapes;
}
