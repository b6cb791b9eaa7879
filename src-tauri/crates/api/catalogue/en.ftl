# Every sentence of Padwatch, in English: tray, notifications, window, notes in Lever, invitation,
# command line. The code below the presenter knows codes and facts alone.
#
# A message is named after the place where it stands: "list-empty", "action-skip.effect". An
# argument that chooses between plural forms, or stands in NUMBER(), is a number; all others are
# texts. Dates and durations come as texts that are written by the system's locale.

## Terms and words that stand in several places

unnamed-candidate = Unnamed candidate

## Times and amounts

## Problems: what happened, what it means for candidates, what to do

## Reasons: why a candidacy is in its state

## Activity: the lines of a candidate's history

## States of candidates and interviews

## Tray

## Notifications

## Notes in Lever

## Invitation

## Window: everywhere

## Window: standing and notices

## Window: list

## Window: candidate and actions

## Window: ended interviews

## Window: set-up

## Window: accounts and connection

## Window: watching, pads and jobs

## Window: settings

## Window: webhooks

## Command line
