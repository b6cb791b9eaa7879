/** What it means for candidates when a job's tag is added or removed. */
import type { PostingEffect } from '../bindings/PostingEffect';
import type { Settings } from '../bindings/Settings';
import { say } from '../say';

/** All that will happen, before it is confirmed. */
export function tagConsequences(
  { inStage, tagged }: PostingEffect,
  settings: Settings,
  on: boolean,
): string[] {
  if (!on) {
    return [
      tagged === 0 ? say('job-tag-remove-none') : say('job-tag-remove-some', { count: tagged }),
      say('job-tag-remove-pads'),
    ];
  }
  const more = inStage - tagged;
  return [
    added(more, settings),
    say('job-tag-add-later'),
    ...(more > settings.guards.surgeLimit ? [say('job-tag-add-bulk')] : []),
  ];
}

function added(count: number, { whoMakes }: Settings): string {
  if (count === 0) {
    return say('job-tag-add-none');
  }
  return say(whoMakes === 'padwatch' ? 'job-tag-add-pads' : 'job-tag-add-links', { count });
}
