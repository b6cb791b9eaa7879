const LATIN: Record<string, string> = {
  ø: 'o',
  ł: 'l',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** A text as a search sees it: without accents, apostrophes and case. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'‘’ʼʻ`´′]/gu, '')
    .replace(/[øłßæœđðþı]/g, (letter) => LATIN[letter] ?? letter);
}
