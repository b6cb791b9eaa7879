/** The origin of an address as it is copied out of a browser, or typed without its beginning. */
export function originOf(typed: string): string {
  const text = typed.trim();
  const whole = text.includes('://') ? text : `https://${text}`;
  // What is no address is handed on as it is: Padwatch says what is wrong with it.
  return URL.canParse(whole) ? new URL(whole).origin : text;
}
