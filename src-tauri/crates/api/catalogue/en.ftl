# Every sentence of Padwatch, in English: tray, notifications, window, notes in Lever, invitation,
# command line. The code below the presenter knows codes and facts alone.
#
# A message is named after the place where it stands: "list-empty", "action-skip.effect". An
# argument that chooses between plural forms, or stands in NUMBER(), is a number; all others are
# texts. Dates and durations come as texts that are written by the system's locale.

## Terms and words that stand in several places

unnamed-candidate = Unnamed candidate

## Times and amounts

time-just-now = just now
time-seconds-ago = { NUMBER($seconds) } sec ago
time-minutes-ago = { NUMBER($minutes) } min ago
time-in-minutes = in { NUMBER($minutes) } min
time-today = today { $clock }
time-yesterday = yesterday { $clock }
time-yesterday-alone = yesterday
time-tomorrow = tomorrow { $clock }
duration-moment = Less than a minute
duration-minutes = { NUMBER($minutes) } min
duration-hours = { NUMBER($hours) } hr
duration-hours-minutes = { NUMBER($hours) } hr { NUMBER($minutes) } min
unit-seconds =
    { $count ->
        [one] second
       *[other] seconds
    }
unit-minutes =
    { $count ->
        [one] minute
       *[other] minutes
    }
unit-days =
    { $count ->
        [one] day
       *[other] days
    }
unit-pads =
    { $count ->
        [one] pad
       *[other] pads
    }
unit-candidates =
    { $count ->
        [one] candidate
       *[other] candidates
    }

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

go-back = Back
name-missing-within = an unnamed candidate
job-missing = No job
confirm-cancel = Cancel
button-working = Working…
no-answer = Padwatch isn’t responding.
    .hint = What you see may be out of date. If this doesn’t recover, quit Padwatch from its tray icon and open it again.
try-again = Try again

## Window: standing and notices

standing-opening = Opening…
standing-lost = Padwatch isn’t responding
standing-watching = Watching
standing-watching-checked = Watching · checked { $when }
standing-starting = Checking Lever for the first time…
standing-waiting-for-keys = Waiting for your keys
standing-keys-unreadable = Can’t read your keys
standing-set-up = Not set up yet
standing-set-up-unfinished = Setup isn’t finished
standing-paused = Paused
standing-paused-until = Paused until { $when }
standing-offline = Offline
standing-offline-checked = Offline · last checked { $when }
standing-hindered = Having trouble
standing-hindered-checked = Having trouble · checked { $when }
standing-stopped = Stopped
standing-checked-exactly = Last complete check of Lever: { $moment }
standing-pads-left =
    { $count ->
        [one] 1 pad left
       *[other] { $count } pads left
    }
check-now = Check now
pause-watching = Pause
pause-hour = For 1 hour
pause-tomorrow = Until tomorrow
pause-until-resumed = Until I resume
resume-watching = Resume
paused-means = No new pads, reminders, or interview updates while paused. You can still copy links.
plan-pads-left =
    { $count ->
        [one] 1 pad left in your CoderPad plan.
       *[other] { $count } pads left in your CoderPad plan.
    }
plan-no-pads-left = No pads left in your CoderPad plan.
plan-overages = Additional pads are billed.
plan-no-overages = When none are left, new candidates wait until your plan resets.
progress-begun = { $what }…
progress-counted = { $what }: { NUMBER($done) }
progress-of = { $what }: { NUMBER($done) } of { NUMBER($total) }
progress-pads-found =
    { $count ->
        [one] Pads found for 1 candidate so far.
       *[other] Pads found for { $count } candidates so far.
    }
progress-no-pads-found = No pads found yet.
progress-stop = Stop the rest
settings-title = Settings
progress-continues = This continues when you close the window.
progress-continues-pads-stay = This continues when you close the window. Existing pads stay.
demo-mode = You’re in demo mode.
    .hint = Nothing leaves this computer.
demo-open-controls = Open demo controls…
remedy-accounts = Open accounts
remedy-watching = Choose now
remedy-set-up = Set up
remedy-finish-set-up = Finish setting up
remedy-check-now = Try again now
remedy-webhooks = Open webhooks
remedy-go = Start creating pads
remedy-use-this-account = Use this account
remedy-working = Trying…

## Window: list

list-title = Padwatch
list-label = Candidates
list-label-hint = Use the arrow keys to select. Enter runs the row’s action. Control and Enter opens the details.
list-search = Search name, job, or link
list-clear-search = Clear the search
list-opening = Opening the list…
list-choose = Choose…
list-row-loading = Loading
list-interview-at = Interview: { $moment }
list-empty = No candidates yet
list-empty-hint = When a tagged candidate moves to a watched stage, they appear here with their pad link.
list-empty-hint-integration = When CoderPad adds a pad link for a tagged candidate in a watched stage, they appear here.
list-last-checked = Last checked { $when }
list-no-matches = No matches
list-no-matches-hint = Search covers names, jobs, and links. Press Esc to clear it.
section-needs-decision = Needs a decision
section-ready-to-send = Ready to send
section-in-progress = In progress
section-link-copied = Link copied
section-ended = Ended
section-already-in-stage = Already in stage
section-skipped = Skipped
row-copy = Copy link
    .for = Copy link for { $who }
row-copied = Copied
    .for = Copied the link for { $who }
row-playback = Watch playback
    .for = Watch the playback of { $who }’s interview
row-decide = Decide
    .for = Decide about { $who }
row-create = Create pad…
    .for = Create a pad for { $who }
copied-for = Copied the pad link for { $who }.
copied-unchecked-for = Copied the pad link for { $who }. CoderPad couldn’t be reached to check the pad.
list-keys-select = Select
list-keys-open = Open
list-keys-search = Search

## Window: candidate and actions

candidate-title = Candidate
candidate-loading = Loading…
candidate-state = State
candidate-pad-and-profile = Pad and profile
candidate-open-pad = Open pad
open-in-lever = Open in Lever
candidate-activity = Activity
candidate-no-activity = Nothing yet.
candidate-in-lever = In Lever, at the last check
candidate-stage = Stage
candidate-tags = Tags
candidate-link = Pad link
not-known = Not known
candidate-no-tags = None
candidate-interview = Interview and pad
candidate-interview-time = Interview
candidate-not-scheduled = Not scheduled in Lever
candidate-interviewers = Interviewers
candidate-no-interviewers = None listed
candidate-pad-title = Pad title
candidate-pad-language = Language
candidate-on-profile = On the Lever profile
candidate-not-on-profile = Not on the Lever profile
candidate-none-selected = Select a candidate to see their pad and activity.
extra-pads = This interview has more than one pad.
    .hint = Send only the link above. That’s the pad Padwatch is tracking.
extra-pads-ours = created by Padwatch
extra-pads-others = created elsewhere
actions-title = Actions
actions-decide = What should Padwatch do?
actions-done = Done
action-check-again = Check CoderPad again
    .effect = Searches your pads again. Doesn’t create anything.
action-use-link = Use it
    .effect = Uses the pad whose link is on the profile. Doesn’t create another pad.
action-create = Create pad
    .effect = Creates a pad and adds its pad link to { $who }’s Lever profile. Uses 1 pad.
    .effect-of =
        { $count ->
            [one] Creates a pad and adds its pad link to { $who }’s Lever profile. Uses your last remaining pad.
           *[other] Creates a pad and adds its pad link to { $who }’s Lever profile. Uses 1 of your { $count } remaining pads.
        }
action-hold = Hold
    .effect = Won’t create a pad for { $who } until you choose to. Nothing changes in Lever.
action-skip = Skip
    .effect = No pad for { $who }. Nothing changes in Lever.
action-mark-sent = Mark as sent
    .effect = Moves { $who } to “Link copied”. Doesn’t send anything.
action-mark-not-sent = Mark as not sent
    .effect = Moves { $who } back to “Ready to send”.
action-see-pad = Do you see the pad in CoderPad?
action-see-pad-link = Pad link
    .hint = Paste it here and Padwatch will use that pad instead of creating another.
action-see-pad-use = Use this pad
action-create-another = Create another pad
    .effect = Creates a second pad even if the first one exists.
    .question = Create another pad for { $who }?
    .may-exist = If the first pad was created, there are two for the same interview. Both count toward your plan.
    .check-first = The new link goes to { $who }. Check CoderPad first if you can.
action-remove-tag = Remove tag
    .effect = Removes the tag in Lever, so Padwatch doesn’t create a pad.
    .question = Remove the tag from { $who } in Lever?
    .for-everyone = Everyone in Lever sees the change on { $who }’s profile, and so do other tools that use the tag.
    .stays = Tags inherited from the job posting stay. An existing pad stays too.
action-add-tag = Add tag
    .effect = Tags { $who } in Lever without moving them. In a watched stage, they get a pad under your usual settings.
action-delete-pad = Delete pad…
    .effect = Ends and deletes the pad and removes its pad link from Lever.
    .question = Delete the pad for { $who }?
    .stops = The pad link stops working for everyone and is removed from { $who }’s Lever profile. Code in the pad is lost.
    .plan = CoderPad may still count this pad toward your plan.
    .final = This can’t be undone.
    .confirm = Delete pad
action-delete-extra = Delete pad { $pad }…
    .effect = Deletes the extra pad. The other one stays.
    .question = Delete pad { $pad } for { $who }?
    .stops = { $link } stops working for everyone who has it.
pad-to-come = Pad settings for this candidate

## Window: ended interviews

ended-title = Interview
ended-loading = Loading the interview from CoderPad…
ended-when = Date
ended-duration = Duration
ended-participants = Participants
ended-no-participants = None
ended-runs = Code runs
ended-no-runs = No code was run
ended-some-code = Code
ended-language-runs =
    { $count ->
        [one] { $language }, 1 run
       *[other] { $language }, { $count } runs
    }
ended-has-account = CoderPad account
ended-hidden-observer = joined as hidden observer
ending-not-ended = No one ended this interview.
    .hint = CoderPad closed the pad about a week after it started.
ending-never-opened = No one opened this pad.
    .hint = The interview may have happened elsewhere.
ending-before-interview = This pad ended before the interview.
    .hint = Create another pad, or reopen this one in CoderPad.
ended-incomplete = This was a long session, so participants and run counts may be incomplete.
ended-open-drawing = Open drawing
code-show = Show code
code-hide = Hide code
code-title = Final code
code-loading = Loading the code from CoderPad…
code-language-missing = Unknown language
code-file-missing = Code
code-on-screen = on screen at the end
code-files =
    { $count ->
        [one] 1 file
       *[other] { $count } files
    }
code-no-files = No files in this part.
code-more = Show { NUMBER($count) } more
code-copy = Copy file
code-copied = Copied { $file }
code-empty = This file is empty.
code-cut = Only the first { NUMBER($count) } characters are shown. “Copy file” copies all of it.
note-title = Note in Lever
note-add = Add code to Lever…
note-add-another = Add another note…
note-finish = Finish the note…
note-preparing = Preparing the note…
note-text = Note text
note-code = Include the code
note-code-in-note = In the note
    .hint = Long code is split into several notes.
note-code-as-file = As an attached file
    .hint = Lever needs to know who is attaching a file. Choose yourself under Watching.
note-code-not = Don’t include code
note-parts = This text is long, so Lever gets { NUMBER($count) } notes.
note-attached-bytes = Attached: { $file } ({ NUMBER($size) } bytes)
note-attached-kilobytes = Attached: { $file } ({ NUMBER($size) } KB)
note-include = Include from CoderPad
note-include-summary = Summary
note-include-transcript = Transcript
note-include-report = Review report
note-secret = Secret note
    .hint = Only people with access to secret notes in Lever can see it.
note-send = Add to Lever
note-sending = Adding…
note-discard = Discard
note-close = Close
note-at-signs = Padwatch adds a space after each @ so Lever doesn’t notify anyone by mistake.
note-start-over = Start the note over?
    .lost = Your edits will be lost.
    .confirm = Start over
note-done = Note added to the candidate
note-added = Added to Lever { $when }
note-prepared = A note is ready to add.
    .hint = Nothing is in Lever yet.
note-on-its-way = Padwatch is adding the note to Lever.
note-not-confirmed = Padwatch can’t tell yet if Lever added the note.
    .hint = Lever’s reply was unclear. Padwatch is checking before it tries again, and will let you know.
note-halted =
    { $added ->
        [one] 1 of { NUMBER($total) } parts is in Lever. The rest wasn’t added.
       *[other] { $added } of { NUMBER($total) } parts are in Lever. The rest wasn’t added.
    }
note-send-rest = Add the rest
note-leave-rest = Leave as is

## Window: set-up

product-name = Padwatch
set-up-step-of = Step { NUMBER($step) } of { NUMBER($total) }
set-up-continue = Continue
set-up-without-pads = Continue without pads
set-up-not-now = Not now
welcome-watches = Watches Lever for candidates tagged “coderpad” who move to Phone Screen.
welcome-creates = Creates one CoderPad pad per candidate and adds its link to their Lever profile.
welcome-copies = Puts the pad link one click away, ready to paste into your invitation.
welcome-need = You’ll need a Lever API key and a CoderPad API key. Setup takes about three minutes.
welcome-keys = Keys are saved in this computer’s password store and nowhere else.
welcome-demo = Try the demo
    .hint = Opens a demo with made-up candidates. No keys needed; nothing leaves this computer.
welcome-demo-started = The demo opens in its own window. To close it, quit it from its own tray icon.
set-up-welcome = A pad link, ready when you are
set-up-welcome-begin = Set up
set-up-lever = Connect Lever
set-up-coderpad = Connect CoderPad
set-up-you = Who are you in Lever?
    .lead = Links and notes in Lever will show this person as the author.
set-up-watch = What to watch
set-up-maker = Who creates the pads?
set-up-people = Candidates already in stage
    .lead = These candidates already have the tag. Select anyone who still needs a pad.
set-up-invitation = The invitation
    .lead = The message you send with the pad link. Padwatch fills it in; you send it.
set-up-login = Open at login?
set-up-done = Padwatch is watching
    .lead = What happens next:
set-up-done-show-list = Show the list
next-creates = When a tagged candidate moves to a watched stage, Padwatch creates the pad and lets you know.
next-copy = Copy the link from the notification, the tray icon, or this window.
next-link-appears = When CoderPad adds a link to a candidate’s profile, Padwatch lets you know.
next-link-missing = If no link appears, Padwatch lets you know that too.
next-close = You can close this window. Padwatch keeps running in the tray.

## Window: accounts and connection

accounts-lead = Keys are saved in this computer’s password store. You can replace or delete them, but not view them again.
accounts-loading = Checking the password store…
service-lever = Lever
service-coderpad = CoderPad
key-of = { $service } API key
key-hint = Extra spaces and quotes are removed automatically.
key-testing = Testing…
key-test-and-save = Test and save
key-saved = The { $service } key works and is saved
key-deleted = The { $service } key is deleted
key-set = A key is set.
key-old-stays = Your saved key is still in use.
key-set-since = A key has been set since { $day }.
key-not-set = No key yet.
key-test = Test
key-replace = Replace
key-use-another = Use another key
key-delete = Delete
key-delete-question = Delete the { $service } key?
key-delete-lever = Padwatch stops watching until you enter a new key. Existing pads keep working.
key-delete-lever-stays = The key is removed from this computer. In Lever it stays valid until someone revokes it.
key-delete-coderpad = No new pads until you enter a new key. Existing pads keep working.
key-delete-coderpad-stays = The key is removed from this computer. In CoderPad it stays valid until you change it there.
key-delete-confirm = Delete key
key-lever-works = The Lever key works.
key-coderpad-works = The CoderPad key works.
permissions-missing = Missing (required)
permissions-yes = Allowed
permissions-no = Missing (optional)
permissions-untold = Can’t be checked in advance
permission-required = required
permission-optional = optional
key-lacks =
    { $count ->
        [one] This key is missing a permission: { $names }.
       *[other] This key is missing { $count } permissions: { $names }.
    }
key-lacks-hint = Lever keys can’t be edited. Ask a Super Admin for a new key that includes what’s missing.
key-sees-confidential = Can see confidential candidates.
key-not-confidential = Can’t see confidential candidates. To include them, create a new key with “Allow access to confidential data” selected.
account-owner = Belongs to
account-owner-missing = Not shown by CoderPad
account-owner-with = { $name }, { $email }
account-language = Default language
account-organization = Organization
account-no-organization = None
account-no-organization-hint = Without an organization, pads belong to you alone. You can’t choose a team or another owner.
account-pads = Pads
account-pads-used = { NUMBER($used) } used, no known limit
account-pads-left = { NUMBER($left) } left, { NUMBER($used) } used
key-which-permissions = Which permissions to select
key-lever-step-1 = In Lever, open Settings › Integrations and API › API Credentials.
key-lever-step-2 = Select “Generate New Key”, then the permissions below.
key-lever-step-3 = Copy the key. Lever only shows it once.
key-lever-permission-1 = Find all opportunities, Find an opportunity
key-lever-permission-2 = Find all stages
key-lever-permission-3 = Find all tags
key-lever-permission-4 = Find a posting, Find all postings
key-lever-permission-5 = Find all users
key-lever-permission-6 = Find all opportunity interviews
key-lever-permission-7 = Add opportunity links, Remove opportunity links
key-lever-permission-8 = Create an opportunity note, Find all opportunity notes, Delete an opportunity note
key-lever-permission-9 = Upload an opportunity file, Find all opportunity files
key-lever-permission-10 = Find all deleted opportunities
key-lever-permission-11 = Add opportunity tags, Remove opportunity tags
key-lever-permission-12 = Update a posting
key-lever-note = Only a Lever Super Admin can create keys. To include confidential candidates, select “Allow access to confidential data”.
key-coderpad-step-1 = In CoderPad, open your settings and copy the API key.
key-coderpad-step-2 = No key there? Ask your CoderPad admin: not every plan includes one.
key-coderpad-note = Pads belong to the person who owns the key.
connection-lead = Your company’s region in Lever and CoderPad, and how this computer connects. Most people don’t need to change these.
connection-production = Production
    .hint = Most accounts are here.
connection-eu = EU
    .hint = For accounts hosted in Europe.
connection-lever-test = Sandbox
    .hint = Lever’s own test environment. It has its own keys.
connection-other = Another address
connection-api-address = { $service } API address
connection-proxy = Proxy
proxy-system = Use system proxy
    .hint = Its certificates are trusted too.
proxy-none = None
proxy-custom = Custom
proxy-address = Proxy address, such as proxy.example.com:3128
connection-save = Save
connection-saved = Saved and in use.
connection-restart = Saved. Restart Padwatch to apply.
    .hint = After the restart you can test the keys under Accounts.
connection-restart-now = Restart now
connection-overruled = Padwatch was started with other addresses.
    .hint = The demo or the command line sets them, and that takes priority.

## Window: watching, pads and jobs

you-title = Who you are in Lever
you-lead = Links and notes in Lever will show this person as the author.
you-loading = Loading users from Lever…
you-find = Find by name or email
you-likely = Are you { $name }?
you-likely-hint = Same email as your CoderPad account.
you-confirm = That’s me
you-no-matches = No matching Lever users.
you-more =
    { $count ->
        [one] 1 more. Keep typing to narrow the list.
       *[other] { $count } more. Keep typing to narrow the list.
    }
you-none = Don’t attribute to a person
    .hint = Lever will show the API key as the author.
watch-stages = Watched stages
    .hint = Tagged candidates in these stages get a pad.
watch-stages-loading = Loading stages from Lever…
watch-no-stage = No stage is watched. Choose at least one.
watch-tag = Tag
    .hint = On the candidate or the job posting. Capitalization and extra spaces don’t matter.
watch-tags-loading = Loading tags from Lever…
watch-no-spelling = No candidates have this tag yet.
watch-spellings = All of these spellings match:
watch-spelling-count =
    { $count ->
        [one] on 1 candidate
       *[other] on { $count } candidates
    }
watch-whose = Which candidates
watch-everyone = Everyone
    .hint = All candidates this key can see.
watch-mine = Only mine
    .hint = Candidates you own in Lever.
watch-mine-needs-you = To watch only your own candidates, choose who you are in Lever first.
watch-interval = Check Lever every
    .hint = When nothing has changed, a check takes one request. Minimum 10 seconds.
maker-legend = Who creates the pads
maker-padwatch = Padwatch
    .hint = Creates one pad per candidate and adds the link to their Lever profile.
maker-integration = CoderPad’s Lever integration
    .hint = Padwatch won’t create pads. It lets you know when a link appears, or doesn’t.
pads-lead = Settings for new pads. Existing pads stay the same.
pads-not-ours = CoderPad’s Lever integration creates the pads, so these settings aren’t used.
pads-default = CoderPad’s default
pads-language = Language
    .hint = CoderPad’s name for the language, such as python3.
pads-question = Question
pads-no-question = None
pads-question-number = Question { $id }
pads-choose-question = Choose…
pads-find-question = Find a question by title
pads-questions-loading = Loading questions from CoderPad…
pads-questions-found =
    { $count ->
        [one] 1 question found
       *[other] { $count } questions found
    }
pads-waiting-room = Waiting room
    .hint = When on, candidates wait until an interviewer lets them in.
pads-execution = Allow code execution
switch-on = On
switch-off = Off
pads-team = Team
pads-some-team = Chosen team
pads-owner = Owner
pads-owners-only = Only organization owners can set this.
pads-name-confidential = Name confidential candidates and jobs in pad titles
    .hint = Everyone on your CoderPad team can read a pad’s title. When this is off, confidential candidates and jobs, and jobs Lever doesn’t show, become “Interview”.
pads-all-jobs = Applies to all jobs.
pads-all-jobs-but =
    { $count ->
        [one] Applies to all jobs except 1.
       *[other] Applies to all jobs except { $count }.
    }
pads-override = Override for a job
jobs-lead = New applicants inherit the job posting’s tags. Pad settings and invitation can differ by job.
jobs-loading = Loading jobs from Lever…
jobs-find = Find a job
jobs-no-matches = No matching jobs.
jobs-more =
    { $count ->
        [one] 1 more job. Keep typing to narrow the list.
       *[other] { $count } more jobs. Keep typing to narrow the list.
    }
job-tag = Tag “{ $tag }”
job-tag-counting = Counting candidates…
job-tag-locked = This job is confidential. Change its tags in Lever.
job-tag-add-question = Add the tag “{ $tag }” to { $job }?
job-tag-remove-question = Remove the tag “{ $tag }” from { $job }?
job-tag-remove-none = No candidates for this job in watched stages have the tag.
job-tag-remove-some =
    { $count ->
        [one] 1 candidate for this job in watched stages has the tag. Candidates who only inherited it will lose it.
       *[other] { $count } candidates for this job in watched stages have the tag. Candidates who only inherited it will lose it.
    }
job-tag-remove-pads = Existing pads keep working. New applicants won’t get one.
job-tag-add-none = No candidates for this job are in watched stages now.
job-tag-add-pads =
    { $count ->
        [one] 1 candidate for this job in watched stages will get a pad.
       *[other] { $count } candidates for this job in watched stages will get a pad.
    }
job-tag-add-links =
    { $count ->
        [one] Padwatch will watch for the pad link of 1 candidate in watched stages.
       *[other] Padwatch will watch for the pad links of { $count } candidates in watched stages.
    }
job-tag-add-later = The same applies to candidates who move to these stages later. Other tools that use the tag see it too.
job-tag-add-bulk = This counts as a bulk move, so Padwatch asks before creating the pads.
job-tag-add = Add tag
job-tag-remove = Remove tag
job-tag-added = Added the tag “{ $tag }” to { $job }
job-tag-removed = Removed the tag “{ $tag }” from { $job }
job-pads-and-invitation = Pads and invitation
job-own-both = Custom pad settings and invitation
job-own-pads = Custom pad settings
job-own-invitation = Custom invitation
job-own-nothing = Same as all jobs
job-default-template = Default template
job-override-pads = Use other pad settings for this job
job-use-default-pads = Use the default pad settings
choose-already = Candidates already in stage
    .lead = These candidates had the tag before Padwatch began watching. Select anyone who still needs a pad.
choose-bulk = Bulk move
    .lead = Choose who should get a pad.
choose-loading = Loading candidates…
choose-already-none = No candidates were already in stage.
choose-bulk-none = No one is waiting.
choose-select-all = Select all { NUMBER($count) }
choose-in-stage-since = in stage since { $moment }
choose-show-more = Show more ({ NUMBER($count) })
choose-later = Decide later
choose-none-selected = No candidates selected, so no pads are created.
choose-will-watch =
    { $count ->
        [one] Padwatch will watch for 1 candidate’s link.
       *[other] Padwatch will watch for { $count } candidates’ links.
    }
choose-uses =
    { $count ->
        [one] Uses 1 pad.
       *[other] Uses { $count } pads.
    }
choose-uses-of =
    { $left ->
        [one] Uses { NUMBER($count) } of your 1 remaining pad.
       *[other] Uses { NUMBER($count) } of your { $left } remaining pads.
    }
choose-create =
    { $count ->
        [one] Create 1 pad
       *[other] Create { $count } pads
    }
choose-watch =
    { $count ->
        [one] Watch 1 candidate
       *[other] Watch { $count } candidates
    }
choose-creating =
    { $count ->
        [one] Creating 1 pad
       *[other] Creating { $count } pads
    }
choose-watching =
    { $count ->
        [one] Watching 1 candidate
       *[other] Watching { $count } candidates
    }

## Window: settings

settings-saved = Saved
settings-group-services = Lever and CoderPad
settings-group-pads = Candidates and pads
settings-group-computer = This computer
page-accounts = Accounts
    .about = Keys for Lever and CoderPad
page-watching = Watching
    .about = Stages, tag, and who creates the pads
page-pads = New pads
    .about = Language, question, waiting room, and owner
page-invitation = Invitation
    .about = Message templates
page-postings = Jobs
    .about = Tag, pad settings, and template per job
page-guards = Safety
    .about = Confirmations and limits
page-notifications = Notifications
    .about = What to notify you about
page-interviews = Interviews
    .about = Reminders and history
page-webhooks = Webhooks
    .about = Instant updates from Lever
page-connection = Connection
    .about = Region and proxy
page-login = Open at login
    .about = Open Padwatch when you log in
page-export = Export
    .about = Download as CSV
page-diagnostics = Diagnostics
    .about = Details to share with support
page-forget = Reset Padwatch
    .about = Delete keys and history on this computer
login-open = Open Padwatch when I log in
    .hint = Opens in the tray, without a window.
safety-lead = Checks before a pad is created.
safety-ask = Ask before every pad
    .hint = Each candidate waits under “Needs a decision”.
safety-bulk = Confirm bulk moves of more than
    .hint = Padwatch asks first instead of creating pads for everyone.
safety-delay = Delay before creating a pad
    .hint = Gives you time to cancel. Enter 0 for no delay.
safety-low-pads = Low-pad warning at
    .hint = Pads left in your CoderPad plan.
safety-missing-link = Missing-link warning after
    .hint = When CoderPad’s Lever integration creates the pads.
safety-recreate = Recreate a pad that can’t be found
    .hint = When off, Padwatch asks you first. When on, you may occasionally get an extra pad.
interviews-lead = Reminders for interviews scheduled in Lever, and how long to save history.
interviews-not-sent = Remind me the day before if I haven’t sent the link
    .hint = At 5 PM, unless the link was copied or marked as sent.
interviews-remind = Remind me before an interview
    .hint = Includes a “Copy link” button.
interviews-minutes-before = Time before the interview
interviews-ended = Ended interviews
interviews-days-in-tray = Show in the tray for
    .hint = After that, find them in this window.
interviews-delete-after = Delete candidate data after
    .hint = Removes names, links, and notes from this computer once a candidate has been inactive this long. Enter 0 to save them forever. Candidates deleted or anonymized in Lever are always removed.
notifications-lead = You’ll always be notified when a decision is needed.
notifications-quiet = Quiet hours
    .hint = Notifications wait until quiet hours end. Interview reminders still come through.
notifications-from = From
notifications-to = To
notifications-pad-ready = A pad is ready
    .hint = Includes a “Copy link” button.
notifications-ended = An interview ended
    .hint = Includes a “Watch playback” button.
notifications-hide-names = Hide names
    .hint = For lock screens and screen sharing: shows “A pad is ready” without names.
diagnostics-lead = Share this with support. It contains no names, emails, keys, or links.
diagnostics-loading = Collecting details…
diagnostics-copy = Copy diagnostics
diagnostics-copied = Diagnostics copied
diagnostics-not-copied = Couldn’t copy the text. Select it below and copy it manually.
export-lead = Saves all candidates as a CSV file in your Downloads folder.
export-private = The file contains candidates’ names and links. Delete it when you no longer need it.
export-save = Export CSV
export-saved = Saved to Downloads
reset-lead = Deletes both keys and all data on this computer.
reset-stays = What stays
reset-stays-lever = In Lever: links, tags, and notes on profiles. The API key stays valid until someone revokes it.
reset-stays-coderpad = In CoderPad: all pads. The API key stays valid until you change it.
reset-begin = Reset Padwatch
reset-question = Delete all Padwatch data on this computer?
reset-deletes = Deletes your keys, settings, and the history of all candidates here. This can’t be undone.
reset-leaves = Pads and links in CoderPad and Lever stay the same.
reset-done = Padwatch has been reset
invitation-title = Invitation
invitation-copy = Copy invitation
invitation-email = Email
invitation-preview = Preview
invitation-loading = Loading the interview from Lever…
invitation-copied-for = Copied the invitation for { $who }.
invitation-missing = Missing: { $what }.
    .hint = Shown in [brackets] below. It fills in once the interview is scheduled in Lever.
    .anyway = Schedule the interview in Lever first, or copy now and fill in the [brackets] yourself.
invitation-copy-anyway = Copy anyway
invitation-email-anyway = Email anyway
invitation-lead = What you send to candidates. Copies with formatting; Padwatch never sends email for you.
template-choose = Template
template-name = Template name
template-subject = Subject
template-text = Text
template-insert = Insert:
placeholder-first-name = First name
placeholder-name = Full name
placeholder-job = Job
placeholder-link = Pad link
placeholder-time = Interview time
placeholder-interviewers = Interviewers
placeholder-recruiter = Your name
template-add = Add template
template-new = Template { NUMBER($number) }
template-delete = Delete template
template-delete-question = Delete the template “{ $name }”?
template-delete-means = Jobs that use it get the default template. This can’t be undone.
template-default = Default template
    .hint = For every job without its own template.
invitation-preview-for = Preview for
invitation-no-preview = When a candidate has a pad, their invitation appears here.

## Window: webhooks

webhooks-lead = Webhooks let Lever notify Padwatch right away. They’re optional: without them, Padwatch checks often and won’t miss anyone. They require a tunnel to this computer.
webhooks-copy = Copy
webhooks-copied = Copied: { $what }
webhooks-on = Receive webhooks
    .hint = Padwatch listens on this computer only, and always confirms with Lever before acting.
webhooks-left = Webhooks that Padwatch created are still in Lever.
    .hint = They couldn’t be removed when you turned webhooks off. Lever is still sending events to an address no one is listening on.
tunnel-title = 1. The tunnel to this computer
tunnel-lead = A tunnel gives this computer an address that Lever can reach. It must run whenever Padwatch does.
tunnel-start = Start { $name } in a terminal
tunnel-none = None of the tunnel programs cloudflared, tailscale, and ngrok is on this computer. Your IT team may have another.
tunnel-target = Where the tunnel must lead
tunnel-address = Public address of the tunnel
    .hint = As the tunnel shows it, with or without https://.
tunnel-save = Use this address
hooks-title = 2. The webhooks in Lever
hooks-address-first = Enter the tunnel’s public address first.
hooks-for-me = With the Lever key, Padwatch can create the webhooks in Lever and save their signing tokens.
hooks-set-up = Set it up for me
hooks-repair = Check and repair
hooks-remove = Remove from Lever
hooks-created =
    { $count ->
        [one] Padwatch created 1 webhook in Lever and has its signing token.
       *[other] Padwatch created { $count } webhooks in Lever and has their signing tokens.
    }
hooks-turn-on = A Super Admin must still turn on the events in Lever, under Settings › Integrations and API › Webhooks. “Candidate stage change” matters most.
hooks-elsewhere = The webhooks in Lever use another address.
    .hint = Let Padwatch repair them, or change them in Lever.
hooks-manual = Set up manually
hooks-step-1 = In Lever, a Super Admin opens Settings › Integrations and API › Webhooks.
hooks-step-2 = Turn on “Candidate stage change”. The other candidate and interview events are optional. Then select “+ Add webhook”.
hooks-step-3 = Paste the address below.
hooks-step-4 = Copy the signing token that Lever shows and add it here. Each webhook has its own.
hooks-step-5 = Select “Verify” in Lever. A check mark appears above.
hooks-url = Address to paste in Lever
token-field = Signing token
    .hint = Saved in this computer’s password store and never shown again.
token-add = Add token
token-added = Signing token saved.
token-delete = Delete all tokens
token-delete-question = Delete all signing tokens?
token-delete-ignored = Until you add new ones, events will be ignored. Padwatch continues to check Lever.
token-delete-repair = “Check and repair” repairs the webhooks that Padwatch created. For others, copy their tokens from Lever again.
token-deleted = All signing tokens are deleted
token-saved-count =
    { $count ->
        [one] 1 token saved
       *[other] { $count } tokens saved
    }
health-title = Status
health-receiving = Receiving events.
health-begun = On. Two steps left: the tunnel, and the webhooks in Lever.
health-no-events = On. No events yet.
health-no-recent-events = On. No recent events.
health-verify = Verify button
health-verified = works, { $when }
health-unverified = reached Padwatch { $when }; add this webhook’s signing token
health-last-event = Last event
health-not-yet = not yet
health-accepted = Events accepted
health-interval = Polling interval
health-every-minutes =
    { $count ->
        [one] every minute
       *[other] every { $count } minutes
    }
health-every-seconds =
    { $count ->
        [one] every second
       *[other] every { $count } seconds
    }
health-rejected = Rejected
health-rejected-for = { $reason }: { NUMBER($count) }
health-none-rejected = none
health-restarts = Restarts after an error
health-restarted =
    { $count ->
        [one] 1 time
       *[other] { $count } times
    }
health-restarted-last =
    { $count ->
        [one] 1 time, last { $when }
       *[other] { $count } times, last { $when }
    }

## Command line
