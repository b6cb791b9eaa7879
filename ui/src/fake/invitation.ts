/** Invitations from templates, imitated in memory. */
import type { InvitationPreview } from '../bindings/InvitationPreview';
import type { InvitationSettings } from '../bindings/InvitationSettings';
import type { PadRow } from '../bindings/PadRow';
import type { Placeholder } from '../bindings/Placeholder';
import type { Settings } from '../bindings/Settings';
import type { WhichTemplate } from '../bindings/WhichTemplate';
import { PLACEHOLDER_WORDS, pieces, written } from '../invitation/placeholders';
import { say } from '../say';

/** The invitation as the engine would write it. */
export function previewed(
  { templates, standard }: InvitationSettings,
  { name, posting, pad }: PadRow,
  meeting: Partial<Record<Placeholder, string>>,
  which: WhichTemplate,
): InvitationPreview {
  const wanted = which.kind === 'stored' ? which.id : standard;
  const stored = templates.find(({ id }) => id === wanted);
  const { subject, body } = which.kind === 'draft' ? which : (stored ?? { subject: '', body: '' });
  const values: Partial<Record<Placeholder, string>> = {
    ...meeting,
    firstName: name.split(' ')[0] ?? '',
    name,
    job: posting,
    link: pad?.link ?? '',
  };
  const missing = new Set<Placeholder>();
  const leftOut = new Set<Placeholder>();
  const fill = (line: string): string | null => {
    const parts = pieces(line);
    const named = parts.flatMap(({ placeholder }) => placeholder ?? []);
    const unknown = named.filter((each) => (values[each] ?? '') === '');
    const goes = named.length > 0 && unknown.length === named.length;
    unknown.forEach((each) => (goes ? leftOut : missing).add(each));
    return goes
      ? null
      : parts
          .map(({ text, placeholder }) =>
            placeholder
              ? values[placeholder] || `[${say(PLACEHOLDER_WORDS[placeholder]).toLowerCase()}]`
              : text,
          )
          .join('');
  };
  const lines = body.split('\n').flatMap((line) => fill(line) ?? []);
  return {
    template: which.kind === 'draft' ? null : wanted,
    subject: fill(subject) ?? '',
    text: lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trimEnd(),
    missing: [...missing],
    leftOut: [...leftOut],
    address: 'somebody@example.test',
    unread: null,
  };
}

/** Templates name their placeholders in the language that is spoken. */
export function worded(settings: Settings): Settings {
  const shown = (text: string): string =>
    pieces(text)
      .map((piece) => (piece.placeholder ? written(piece.placeholder) : piece.text))
      .join('');
  const templates = settings.invitation.templates.map((template) => ({
    ...template,
    subject: shown(template.subject),
    body: shown(template.body),
  }));
  return { ...settings, invitation: { ...settings.invitation, templates } };
}
