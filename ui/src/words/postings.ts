/** The jobs, and their tag. */
import type { PostingEffect } from '../bindings/PostingEffect';
import type { Settings } from '../bindings/Settings';
import { count, people } from './phrases';

function whoever(some: number): string {
  return some === 0 ? 'Nobody' : people(some);
}

export const postings = {
  lead: 'Whoever applies for a job inherits its tags. Pads and invitation can differ from job to job.',
  reading: 'Asking Lever for its jobs…',
  find: 'Find a job',
  none: 'No job fits that.',
  more: (left: number) => `And ${count(left, 'job', 'jobs')} more: type a part of the title.`,
  tag: (tag: string) => `Tag “${tag}”`,
  counting: 'Counting whom it concerns…',
  locked: 'The job is confidential: its tags can be changed only in Lever.',
  question: (tag: string, job: string, on: boolean) =>
    on ? `Put the tag “${tag}” on ${job}?` : `Take the tag “${tag}” off ${job}?`,
  consequences: ({ inStage, tagged }: PostingEffect, settings: Settings, on: boolean) => {
    if (!on) {
      return [
        `${whoever(tagged)} of this job in the watched stages ${tagged > 1 ? 'carry' : 'carries'} the tag now. Whoever has it only from the job loses it.`,
        'Pads that are made stay usable. Whoever comes after gets none.',
      ];
    }
    const more = inStage - tagged;
    const get =
      settings.whoMakes === 'padwatch'
        ? `${whoever(more)} of this job in the watched stages would get a pad.`
        : `${whoever(more)} of this job in the watched stages would be watched for a link.`;
    const asked =
      more > settings.guards.surgeLimit
        ? ['These are many at once, so Padwatch asks you before it makes them.']
        : [];
    return [
      get,
      more > 0
        ? 'So would everybody who reaches one of these stages later. Other tools that go by the tag see it too.'
        : 'Everybody who reaches one of these stages later would. Other tools that go by the tag see it too.',
      ...asked,
    ];
  },
  doIt: (on: boolean) => (on ? 'Put it on' : 'Take it off'),
  changed: (tag: string, job: string, on: boolean) =>
    on ? `The tag ${tag} is on ${job}` : `The tag ${tag} is off ${job}`,
  padsAndInvitation: 'Pads and invitation',
  exceptions: (pads: boolean, template: boolean) =>
    pads && template
      ? 'Own pad settings, own invitation'
      : pads
        ? 'Own pad settings'
        : template
          ? 'Own invitation'
          : 'As for every job',
  defaultTemplate: 'The default one',
  ownPads: 'Other pad settings for this job',
  defaultPads: 'Use the default pad settings again',
};
