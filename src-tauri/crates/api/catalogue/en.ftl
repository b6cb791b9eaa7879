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

reason-tagged = Tagged “{ $tag }” and in a watched stage.
reason-tagged-in-stage = Tagged “{ $tag }” and in { $stage }.
reason-came-back = Back in a watched stage.
reason-link-appeared = A pad link is on the Lever profile now.
reason-bulk-move = Part of a bulk move.
reason-had-pad-before = This candidate had a pad before. Its data was removed from this computer.
reason-tag-removed = Tag removed.
reason-left-stage = Left the watched stage.
reason-tag-or-stage-left = Tag removed, or moved to another stage.
reason-other-owner = Owned by someone else in Lever.
reason-archived = Archived in Lever.
reason-anonymized = Anonymized in Lever.
reason-archived-or-anonymized = Archived or anonymized in Lever.
reason-gone-from-lever = The candidate is no longer in Lever.
reason-other-account = This candidate is in the Lever account that you used before.
reason-integration-creates = CoderPad’s Lever integration creates the pads now.
reason-ask-each-time = You chose to be asked each time.
reason-ask-to-create = Create a pad?
reason-delay-over = The delay is over.
reason-no-link = CoderPad’s Lever integration hasn’t added a link. You can create a pad yourself.

reason-user-marked = You marked it.
reason-user-copied = You copied the pad link.
reason-user-created = You chose to create a pad.
reason-user-replaced = You chose to replace { $link }.
reason-user-created-second = You chose to create another pad, although the first one may exist.
reason-user-skipped = You skipped this candidate.
reason-user-held = You put this candidate on hold.
reason-user-tagged = You added the tag.
reason-user-untagged = You removed the tag.
reason-user-chose = You selected this candidate.
reason-user-stopped = You stopped it before the pad was created.
reason-user-deleted-pad = You deleted the pad. CoderPad may still count it toward your plan.
reason-user-chose-link = You chose the pad link on the Lever profile.
reason-user-sent-note = You sent it.

reason-pad-created = The pad is ready.
reason-not-saved = Padwatch couldn’t save this, so it didn’t request the pad.
reason-trying-again = The problem may be resolved.
reason-pad-unclear =
    { $doubt ->
        [noAnswer] CoderPad didn’t answer.
        [serviceTrouble] CoderPad had a problem of its own.
        [rateLimited] CoderPad is limiting requests.
        [closed] Padwatch closed before CoderPad answered.
       *[oddAnswer] CoderPad’s reply was unclear.
    } Padwatch is checking whether the pad was created. There’s nothing for you to do yet.
reason-checking-pad = { reason-pad-unclear }
reason-pad-not-found = The pad hasn’t shown up after several checks. Look in CoderPad: if it’s there, paste its link. If not, create another.
reason-pad-list-incomplete = Padwatch can’t tell whether the pad was created, because it can’t read CoderPad’s complete list. { $problem }
reason-was-pad-created = Padwatch couldn’t confirm the pad. Look in CoderPad: if it’s there, paste its link. If not, create another.
reason-cannot-check-pad = Padwatch can’t check whether the pad was created. { $problem } Use the key that requested it, or paste the pad link if you see the pad in CoderPad.
reason-created-again = The first pad hasn’t shown up after several checks. Padwatch is creating another, as set.
reason-found-by-marker = Padwatch found its marker in the pad’s notes.
reason-first-pad-exists = The first pad still exists, so no other was created.
reason-first-pad-unknown = The first pad can’t be checked with this CoderPad key. Use the key that created it, or create a pad only if the first one is gone.
reason-existing-link = Lever already had a pad link for this candidate, so no pad was created.
reason-whose-pad =
    { $doubt ->
        [whichJob] This candidate has other applications. Padwatch can’t tell which job the pad link on the profile is for.
        [notFound] CoderPad doesn’t show Padwatch the pad whose link is on the profile. Is it for this interview?
        [notAllowed] CoderPad doesn’t let Padwatch read the pad whose link is on the profile. Is it for this interview?
        [odd] Padwatch can’t read CoderPad’s reply about the pad link on the profile. Is the pad for this interview?
        [owner] The pad link on the profile belongs to someone outside your CoderPad organization.
        [age] The pad whose link is on the profile may be from an earlier interview.
       *[noAnswer] CoderPad doesn’t answer about the pad link on the profile. Is the pad for this interview?
    } Use it, create one, or skip.
reason-link-of-other-job = The pad link on the Lever profile is for another job.
reason-link-unclear = Padwatch can’t tell whether the pad link on the Lever profile is for this application.
reason-link-on-profile = The link is on the Lever profile.
reason-link-not-shown = Lever accepted the link but doesn’t show it.
reason-other-pad-first = Another tool added its pad first. You can delete Padwatch’s.
reason-own-marker = The pad has Padwatch’s marker.
reason-other-tools-pad = Another tool or person created it.

reason-lever-says = Lever says so.
reason-someone-in-pad = Someone is in the pad.
reason-interview-ended = The interview was ended in CoderPad.
reason-closed-by-coderpad = No one ended the interview, so CoderPad closed the pad after a week.
reason-never-opened = The pad closed without anyone joining.
reason-ended-before-interview = The pad { $link } ended before the interview. Create another pad, or reopen this one in CoderPad.
reason-ask-after-early-end = The pad ended before the interview. Create another pad, or reopen this one in CoderPad.
reason-reopened = The pad was reopened in CoderPad.
reason-pad-shown-again = CoderPad shows the pad again.
reason-pad-missing = CoderPad can’t find the pad. Padwatch will check again in a minute.
reason-pad-deleted = The pad was deleted in CoderPad.
reason-ask-after-deletion = The pad was deleted in CoderPad. Create another pad?

reason-problem = { $problem }
reason-unreadable = Padwatch can’t read what it saved about this candidate, so it won’t create a pad. Update Padwatch, or add a pad link in Lever yourself.
# Written by an earlier version.
reason-earlier = { $text }

## Activity: the lines of a candidate's history

activity-noticed = Noticed
activity-came-back = Back in a watched stage
activity-moved-on = Left the stage
activity-listed = Listed
activity-needs-decision = Needs a decision
activity-waits-by-settings = Waiting because of new settings
activity-delay-over = Delay over
activity-no-link = No link appeared
activity-pad-wanted = Pad wanted
activity-other-pad-wanted = Another pad wanted
activity-second-pad-wanted = Second pad wanted
activity-skipped = Skipped
activity-on-hold = Put on hold
activity-chosen = Selected
activity-stopped = Stopped before the pad was created
activity-pad-shown = Pad link entered
activity-link-chosen = Pad link used
activity-link-copied = Link copied
activity-marked-sent = Marked as sent
activity-marked-not-sent = Marked as not sent
activity-tag-added = Tag added
activity-tag-removed = Tag removed
activity-pad-taken-back = Pad deleted, link removed from Lever
activity-pad-requested = Pad requested
activity-not-requested = Pad not requested yet
activity-pad-created = Pad created
activity-pad-not-created = No pad created
activity-declined = CoderPad declined
activity-coderpad-not-asked = CoderPad couldn’t be reached
activity-checking-pad = Checking CoderPad
activity-pad-not-confirmed = Pad not confirmed
activity-pad-found = Pad found
activity-first-pad-found = First pad found after all
activity-pad-found-again = Pad found while rebuilding
activity-creating-again = Creating another pad
activity-trying-again = Trying again
activity-existing-pad-used = Using the existing pad
activity-pad-back = Pad there again
activity-link-added = Link added in Lever
activity-link-not-added = Link not in Lever yet
activity-other-pad-used = Using the other pad
activity-second-pad = Extra pad found
activity-second-link = Extra pad link in Lever
activity-pad-missing = Pad not found
activity-pad-deleted = Pad deleted
activity-reopened = Pad reopened
activity-interview-planned = Interview scheduled
activity-interview-moved = Interview rescheduled
activity-interview-canceled = Interview canceled
activity-interview-live = Interview live
activity-interview-ended = Interview ended
activity-closed-by-coderpad = Closed by CoderPad
activity-never-opened = Never opened
activity-ended-before-interview = Ended before the interview
activity-note-added = Note added in Lever
activity-note-not-added = Note not added in Lever
# Written by an earlier version.
activity-earlier = { $text }

## Triggers: what set off a line of a candidate's history

trigger-poll = Lever check
trigger-webhook = Lever webhook
trigger-user = You
trigger-start = Padwatch started
trigger-creation = Padwatch
trigger-tracking = CoderPad check

## States of candidates and interviews

state-moved-on = Left the stage – no pad
state-waiting-for-pad = Waiting for a pad
state-already-there = Already in stage
state-rebuilt = Found while rebuilding
state-surge = Part of a bulk move
state-ask = Create a pad?
state-which-job = Which job is this pad for?
state-whose-pad = Is the pad link for this interview?
state-old-pad = Does the first pad still exist?
state-on-hold = On hold
state-waiting-for-link = Waiting for a link
state-no-link = No link appeared
state-skipped = Skipped
state-creating = Creating the pad
state-unclear = Not confirmed
state-checking = Checking CoderPad
state-declined = Declined by { $service }
state-ready-not-on-profile = Pad ready – not in Lever yet
state-ready = Ready to send
state-existing-pad = Existing pad
state-link-copied = Link copied
state-interview-live = Interview live
state-not-opened = Not opened for the interview
state-ended = Interview ended
state-closed-by-coderpad = Closed by CoderPad
state-never-opened = Never opened
state-ended-before-interview = Ended before the interview
state-note-added = Note added in Lever
state-pad-deleted = Pad deleted
state-unreadable = Can’t be read

held-up-quarantined = { $problem } This is about this candidate only. Padwatch will try again every hour.
held-up-paused = Padwatch is paused. The pad is created when you resume.
held-up-set-up = No pads are created until setup is finished.
held-up-creation-off = No pads are created until you turn pad creation back on.
held-up-service = { $service } isn’t available right now. Padwatch will keep trying.
held-up-plan-used-up = No pads are left in your CoderPad plan. The pad is created when there are pads again.
held-up-pad-search = Padwatch is checking CoderPad for an existing pad before it creates one.
held-up-other-program = Another program creates pads for these candidates too. Padwatch waits up to two minutes for its link, so that there aren’t two pads.

work-creating-pads = Creating pads
work-reading-pads = Checking CoderPad for Padwatch’s pads
work-awaiting-list = CoderPad’s list is late, so Padwatch will read it again in a minute

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
