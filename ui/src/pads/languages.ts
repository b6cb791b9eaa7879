/**
 * CoderPad's own names for the languages that it is known to have (contracts/coderpad.md, 3).
 * They are suggestions: what is typed is what is asked for, and CoderPad decides.
 */
export const LANGUAGES: readonly string[] = (
  'angular bash c clojure coffeescript cpp csharp dart django elixir erlang fsharp gin go hack ' +
  'haskell html java javascript julia kotlin kubernetes lua markdown mysql nextjs node nodejs ' +
  'objc ocaml perl php plaintext postgresql powershell python python3 r rails react ruby rust ' +
  'scala solidity spring svelte swift tcl terraform typescript vb verilog vue'
).split(' ');
