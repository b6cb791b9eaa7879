# Every sentence of Padwatch, in English: tray, notifications, window, notes in Lever, invitation,
# command line. The code below the presenter knows codes and facts alone.
#
# A message is named after the place where it stands: "list-empty", "action-skip.effect". An
# argument that chooses between plural forms, or stands in NUMBER(), is a number; all others are
# texts. Dates and durations come as texts that are written by the system's locale.

## Terms and words that stand in several places

unnamed-candidate = Unnamed candidate
    .within = an unnamed candidate
paused-means = No new pads, reminders, or interview updates while paused. You can still copy links.
stale-means = Candidates who were moved since aren’t shown yet. Padwatch is checking again.
plan-pads-left =
    { $count ->
        [one] 1 pad left in your CoderPad plan.
       *[other] { $count } pads left in your CoderPad plan.
    }
# $needed is at least two.
plan-short = About { NUMBER($needed) } more pads are likely before { $day }; you have { NUMBER($left) }.
plan-no-pads-left = No pads left in your CoderPad plan.
plan-overages = Additional pads are billed.
plan-no-overages = When none are left, new candidates wait until your plan resets.

## Times and amounts

time-just-now = just now
time-seconds-ago = { NUMBER($seconds) } sec ago
time-minutes-ago = { NUMBER($minutes) } min ago
time-in-minutes = in { NUMBER($minutes) } min
time-today = today { $clock }
time-yesterday = yesterday { $clock }
time-yesterday-alone = yesterday
time-tomorrow = tomorrow { $clock }
time-tomorrow-alone = tomorrow
time-weekday = { $day } { $clock }
time-hours-ago = { NUMBER($hours) } hr ago
time-days-ago =
    { $days ->
        [one] 1 day ago
       *[other] { $days } days ago
    }
time-in-zone = { $day }, { $clock } ({ $zone })
time-of-place = { $place } time
time-unknown = later
duration-moment = Less than a minute
    .within = less than a minute
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


# A service, or the way to it

problem-key-rejected = { $service } rejected the API key.
    .means = { $service ->
        [Lever] No one is being watched.
       *[CoderPad] Candidates are noticed but wait for their pads.
    }
    .todo = Enter a new { $service } key.
problem-lever-permission-missing = The Lever key is missing the permission “{ $permission }”.
    .means = Whatever needs it waits. Everything else keeps working.
    .todo = Ask a Lever Super Admin for a new key that includes it. Existing keys can’t be changed.
problem-confidential-access-missing = The Lever key doesn’t show confidential candidates.
    .means = Confidential candidates aren’t noticed and get no pads.
    .todo = Ask a Lever Super Admin for a new key with access to confidential data.
problem-candidate-confidential = The Lever key can’t read this candidate, who may be confidential.
    .means = This candidate gets no pad.
    .todo = Ask a Lever Super Admin for a new key with access to confidential data.
problem-coderpad-permission-missing = CoderPad doesn’t let this account use { $what }.
    .means = Whatever needs it waits. Existing pad links keep working.
    .todo = Ask the owner of your CoderPad organization for the permission.
problem-gone-from-lever = Lever no longer has this { $what ->
        [opportunity] candidate
        [posting] job
        [note] note
        [file] file
        [webhook] webhook
       *[other] item
    }.
    .means = Nothing was changed in Lever.
    .todo = Open the candidate in Lever.
problem-pad-gone = CoderPad no longer shows this pad.
    .means = It was deleted, or it belongs to another account.
    .todo = Look for the pad in CoderPad.
problem-acting-user-needed = Lever needs to know who adds the links.
    .means = Pads are created, but their links aren’t added to Lever.
    .todo = Choose who you are in Lever.
problem-declined = { $said ->
        [none] { $service } declined the request.
       *[other] { $service } declined the request: “{ $said }”
    }
    .means = Nothing was changed there.
    .todo = Check it in { $service }, then try again.
problem-plan-used-up = You’ve used all the pads in your CoderPad plan.
    .means = New candidates wait for their pads.
    .todo = Ask your CoderPad admin for more pads, or wait until the plan resets.
problem-rate-limited = { $service } is limiting requests.
    .means = Candidates may wait a little longer for their pads.
    .todo = Padwatch will slow down and continue.
problem-service-down = { $service } is having problems.
    .means = { $service ->
        [Lever] Candidates who are moved now are noticed later.
       *[CoderPad] Candidates are noticed but wait for their pads.
    }
    .todo = Nothing for you to do: Padwatch keeps trying.
problem-not-the-service = Something on this network is blocking { $service }.
    .means = { $service ->
        [Lever] Candidates who are moved now are noticed later.
       *[CoderPad] Candidates are noticed but wait for their pads.
    }
    .todo = Check for a Wi-Fi sign-in page, a VPN, or a web filter.
problem-not-secure = Padwatch can’t make a secure connection to { $service }.
    .means = Nothing was sent. Candidates wait until it’s secure.
    .todo = Check this computer’s date, or ask your IT about the company certificate.
problem-proxy-blocks = The proxy is blocking { $service }.
    .means = { $service ->
        [Lever] Candidates who are moved now are noticed later.
       *[CoderPad] Candidates are noticed but wait for their pads.
    }
    .todo = Check the proxy in Settings or in the system’s network settings.
problem-unreachable = Padwatch can’t reach { $service }.
    .means = { $service ->
        [Lever] Candidates who are moved now are noticed later.
       *[CoderPad] Candidates are noticed but wait for their pads.
    }
    .todo = Padwatch catches up once you’re back online.
problem-keys-missing = Padwatch needs a Lever key and a CoderPad key.
    .means = No one is being watched.
    .todo = Enter both keys.
problem-other-account = { $service ->
        [Lever] This Lever key belongs to another account.
       *[CoderPad] This CoderPad key belongs to another organization.
    }
    .means = No pads are created. Your list stays as it is.
    .todo = Enter the { $service } key that you used before, or select “Use this account”.

# Set-up, stages and the tag

problem-set-up-unfinished = Setup isn’t finished.
    .means = No pads are created until it is.
    .todo = Finish setting up Padwatch.
problem-stage-not-found = Lever has no stage named “{ $name }”.
    .means = No one is being watched.
    .todo = Choose which stages to watch.
problem-stage-not-unique = Lever has { $stages } stages named “{ $name }”.
    .means = No one is being watched.
    .todo = Choose which stages to watch.
problem-no-stage-selected = No stage is selected yet.
    .means = No one is being watched.
    .todo = Choose which stages to watch.
problem-stages-gone = Your watched stages no longer exist in Lever.
    .means = No one is being watched.
    .todo = Choose which stages to watch.
problem-stage-gone = One of your watched stages no longer exists in Lever.
    .means = The other stages are still watched.
    .todo = Choose which stages to watch.
problem-stages-not-known-yet = Padwatch doesn’t know yet which stages are watched.
    .means = Nothing was changed.
    .todo = Wait for the first check of Lever, or choose the stages under Watching.
problem-stages-unreadable = Padwatch can’t read the list of stages in Lever.
    .means = No one is being watched.
    .todo = Padwatch will keep trying.
problem-stages-unreadable-now = Padwatch can’t read the list of stages in Lever.
    .means = The stages that it knows are still watched.
    .todo = Padwatch will keep trying.
problem-tags-unreadable = Padwatch can’t read the list of tags in Lever.
    .means = The spellings that it knows are still watched.
    .todo = Padwatch will keep trying.
problem-tag-gone = No one can get a pad: the tag “{ $tag }” no longer exists.
    .means = Candidates in Lever no longer have it.
    .todo = Add the tag to a candidate in Lever, or choose another tag in Settings.
problem-acting-user-needed-for-job = Lever needs to know who changes the job.
    .means = The job wasn’t changed.
    .todo = Choose who you are in Lever under Watching.
problem-job-confidential = Lever doesn’t let API keys change a confidential job.
    .means = The job wasn’t changed.
    .todo = Add the tag to it in Lever, or to its candidates.

# Padwatch's data on this computer

problem-data-newer = This data was saved by a newer version of Padwatch.
    .means = No one is being watched.
    .todo = Update Padwatch.
problem-data-damaged = Padwatch’s data on this computer is damaged.
    .means = No pads are created until it’s replaced.
    .todo = Padwatch sets the damaged file aside and starts a new one.
problem-disk-full = Your disk is full, so Padwatch has stopped creating pads.
    .means = New candidates wait for their pads.
    .todo = Free up space. Padwatch continues automatically.
problem-data-read-only = Padwatch can’t write to its folder, so it has stopped creating pads.
    .means = New candidates wait for their pads.
    .todo = Make the folder writable. Padwatch continues automatically.
problem-data-busy = Another program is using Padwatch’s data.
    .means = No pads are created until it’s free.
    .todo = Close that program. Padwatch continues automatically.
problem-data-part-unreadable = Padwatch can’t read part of its data.
    .means = Nothing is changed for what it can’t read.
    .todo = Update Padwatch. If that doesn’t help, copy the diagnostics and ask for help.
problem-data-unusable = Padwatch can’t use its data on this computer.
    .means = No pads are created.
    .todo = Restart Padwatch. If that doesn’t help, copy the diagnostics and ask for help.
problem-data-moved = Padwatch’s data was moved or deleted.
    .means = No pads are created.
    .todo = Put it back, or quit Padwatch and start it again.
problem-data-replaced = Padwatch’s data was damaged and replaced.
    .means = No pads are created until you’ve checked the list.
    .todo = Check the list in Padwatch, then select “Start creating pads”.
problem-data-older = Padwatch’s data is older than what it did last.
    .means = No pads are created until you’ve checked the list.
    .todo = Check the list in Padwatch, then select “Start creating pads”.
problem-guards-unreadable = Padwatch can’t read part of its saved data.
    .means = No pads are created until you’ve checked the list.
    .todo = Check the list in Padwatch, then select “Start creating pads”.
problem-traces-left = Everything is removed, but its traces can’t be erased yet.
    .means = They are only readable on this computer.
    .todo = Free up space and make Padwatch’s folder writable. Padwatch will keep trying.
problem-settings-unreadable = Padwatch can’t read its saved settings.
    .means = No pads are created.
    .todo = Review the settings and save them.
problem-pause-unreadable = Padwatch can’t read how long it’s paused.
    .means = It stays paused.
    .todo = Resume when you’re ready.
problem-webhook-settings-unreadable = Padwatch can’t read its webhook settings, so webhooks are off.
    .means = Candidates are found by checking Lever.
    .todo = Set up webhooks again in Settings.
problem-profile-in-use = Another Padwatch is using the same folder.
    .means = This one doesn’t watch.
    .todo = Quit the other one, or continue with it.
problem-profile-on-network = Padwatch’s folder is on a network drive: { $folder }
    .means = No pads are created.
    .todo = Start Padwatch with --profile and a folder on this computer’s own drive.
problem-profile-read-only = Padwatch can’t write to its folder: { $folder }
    .means = No one is being watched.
    .todo = Make the folder writable. Padwatch continues automatically.
problem-profile-disk-full = The disk with Padwatch’s folder is full: { $folder }
    .means = No one is being watched.
    .todo = Free up space. Padwatch continues automatically.
problem-profile-unusable = Padwatch can’t use its folder: { $folder }
    .means = No one is being watched.
    .todo = Give Padwatch a folder that it can write to, or start it with --profile and another one.
problem-no-data-folder = This computer has no folder for programs’ data.
    .means = Padwatch can’t start.
    .todo = Start Padwatch with --profile and a folder of your choice.

# A candidate, a pad, an action

problem-creation-not-allowed = Your CoderPad account can’t create pads for this owner or team.
    .means = Candidates wait for their pads.
    .todo = Ask your CoderPad admin, or change the owner in the pad settings.
problem-pad-settings-declined = { $said ->
        [none] CoderPad declined the settings for this pad.
       *[other] CoderPad declined the settings for this pad: “{ $said }”
    }
    .means = No pad was created.
    .todo = Change the pad settings for this job, then create the pad.
problem-pad-settings-gone = The question, team, or owner in the pad settings no longer exists.
    .means = No pad was created.
    .todo = Change the pad settings for this job, then create the pad.
problem-requested-with-other-key = This pad was requested with another CoderPad key.
    .means = Padwatch can’t tell whether it was created.
    .todo = Use that key again, or look for the pad in CoderPad.
problem-created-with-other-key = This pad was created with another CoderPad key.
    .means = It wasn’t deleted.
    .todo = Enter that key, or delete the pad in CoderPad.
problem-link-not-shown = Lever accepted the link but doesn’t show it.
    .means = You can still copy the link here.
    .todo = Padwatch will try again.
problem-pad-not-found-not-copied = CoderPad can’t find this pad, so the pad link wasn’t copied.
    .means = The link may no longer work.
    .todo = Padwatch will check again in a minute. If the pad is gone, create another.
problem-pad-ended-not-copied = This pad has ended, so the pad link wasn’t copied.
    .means = Candidates can no longer join it.
    .todo = Reopen the pad in CoderPad, or create another one.
problem-pad-deleted-not-copied = This pad was deleted in CoderPad, so the pad link wasn’t copied.
    .means = The link no longer works.
    .todo = Create another pad for the candidate.
problem-candidate-unknown = Padwatch doesn’t know this candidate.
    .means = Nothing was changed.
    .todo = Go back to the list.
problem-state-changed = The candidate’s state has changed, so this no longer applies.
    .means = Nothing was changed.
    .todo = Open the candidate again.
problem-someone-in-pad = Someone is in the pad.
    .means = The pad stays as it is.
    .todo = Wait until they’ve left, or end the interview in CoderPad.
problem-pad-of-another-candidate = This pad belongs to another candidate.
    .means = The link wasn’t used.
    .todo = Paste the link of this candidate’s pad.
problem-not-a-pad-link = This isn’t a CoderPad pad link.
    .means = The link wasn’t used.
    .todo = Paste the pad’s address, such as https://app.coderpad.io/ABCD1234.
problem-link-gone-from-profile = The pad link is no longer on the Lever profile.
    .means = Nothing was changed.
    .todo = Create a pad instead.
problem-no-pad-yet = There’s no pad for this candidate yet.
    .means = There’s nothing to open or to copy.
    .todo = Wait until the pad is created, or open the candidate in Lever.
problem-nothing-drawn = Nothing was drawn in this pad.
    .means = There’s no drawing to open.
    .todo = Watch the playback to see what was done.
problem-drawing-unsafe = The address of the drawing isn’t safe to open.
    .means = The drawing wasn’t opened.
    .todo = Watch the playback in CoderPad and open the drawing there.
problem-link-elsewhere = This link doesn’t lead to Lever or CoderPad.
    .means = The link wasn’t opened.
    .todo = Open the candidate in Lever and follow the link there.
problem-interview-not-ended = This interview hasn’t ended yet.
    .means = There’s no record of it yet.
    .todo = Wait until it ends, then open the candidate again.
problem-text-too-long = This text is too long for Padwatch.
    .means = Nothing was changed.
    .todo = Shorten it, then try again.
problem-number-out-of-range = { setting-name } must be from { NUMBER($least) } to { NUMBER($most) }.
    .means = The settings weren’t saved.
    .todo = Enter a number in that range.
problem-setting-too-long = { setting-name } is too long.
    .means = The settings weren’t saved.
    .todo = Shorten it, then save again.
problem-settings-not-stored = These settings can’t be saved.
    .means = The settings from before still apply.
    .todo = Check what you entered, then try again.
problem-draining = Padwatch is finishing what it started.
    .means = Nothing was changed.
    .todo = Try again in a few seconds.
problem-still-creating = Everything is removed, but CoderPad was creating a pad for { $candidates }.
    .means = The pad may exist in CoderPad.
    .todo = Look for the pad in CoderPad, and delete it there if you don’t need it.

# Notes and invitations

problem-file-needs-author = Lever needs to know who attaches the file.
    .means = The note wasn’t prepared.
    .todo = Choose who you are in Lever under Accounts.
problem-code-too-long-for-note = There’s too much code for notes.
    .means = The note wasn’t prepared.
    .todo = Attach the code as a file instead.
problem-note-too-long = There’s too much text for notes.
    .means = The note wasn’t added.
    .todo = Shorten it, or attach the code as a file.
problem-note-empty = An empty note can’t be added.
    .means = The note wasn’t added.
    .todo = Write something first.
problem-note-not-prepared = There’s no note to add.
    .means = Nothing was changed in Lever.
    .todo = Prepare the note again.
problem-note-on-its-way = The note is already being added.
    .means = Nothing else was changed.
    .todo = Wait a moment, then open the candidate again.
problem-note-added-already = A note about this interview was already added.
    .means = Nothing was changed in Lever.
    .todo = To add another one, choose what it should include.
problem-note-file-lost = The file to attach no longer exists on this computer.
    .means = The note wasn’t added.
    .todo = Prepare the note again.
problem-note-not-confirmed = Lever didn’t confirm the note and doesn’t show it.
    .means = The note may be missing.
    .todo = Open the candidate in Lever, then add the note again.
problem-note-unknown = Padwatch can’t tell whether the note was added.
    .means = Adding it again may add it twice.
    .todo = Open the candidate in Lever and look for the note.
problem-placeholder-unknown =
    { $line ->
        [0] The invitation’s subject has a placeholder “{ $name }”, which doesn’t exist.
       *[other] Line { NUMBER($line) } of the invitation has a placeholder “{ $name }”, which doesn’t exist.
    }
    .means = The invitation can’t be filled in.
    .todo = Correct it under Settings, Invitation.
problem-template-broken =
    { $line ->
        [0] A placeholder in the invitation’s subject lacks a brace.
       *[other] A placeholder in line { NUMBER($line) } of the invitation lacks a brace.
    }
    .means = The invitation can’t be filled in.
    .todo = Correct it under Settings, Invitation.
problem-no-template = There’s no template for this invitation.
    .means = Nothing was copied.
    .todo = Write one under Settings, Invitation.
problem-invitation-incomplete = The invitation is missing: { $missing }.
    .means = Nothing was copied.
    .todo = Fill it in in Lever, or copy it with gaps and fill them in yourself.
problem-nothing-to-invite-to = There’s no pad for this invitation yet.
    .means = Nothing was copied.
    .todo = Wait until the pad is created.
problem-mail-not-prepared = Padwatch couldn’t prepare the email.
    .means = Nothing was sent.
    .todo = Copy the invitation and paste it into an email.
problem-nothing-to-save = There’s nothing to save yet.
    .means = The rehearsal was ended, or Padwatch was restarted.
    .todo = Rehearse again, then save.
problem-table-not-written = Padwatch couldn’t create the CSV file.
    .means = Nothing was saved.
    .todo = Report this with the diagnostics.
problem-nothing-in-demo = There’s no interview to end in the demo.
    .means = Nothing happened.
    .todo = Move a candidate first.
problem-answer-not-written = Padwatch couldn’t show its answer.
    .means = What was asked may have been done.
    .todo = Report this with the diagnostics.

# Webhooks

problem-not-a-web-address = This isn’t a web address.
    .means = Webhooks stay as they are.
    .todo = Enter the address that your tunnel shows, such as pad.example.com.
problem-address-not-public = Lever can’t reach an address on this computer or its own network.
    .means = Webhooks stay as they are.
    .todo = Enter the public address that your tunnel shows, such as pad.example.com.
problem-no-tunnel-address = Webhooks are off, or your tunnel’s address is missing.
    .means = Webhooks stay as they are.
    .todo = Turn webhooks on and enter the address that your tunnel shows.
problem-webhooks-changing = Padwatch is already changing its webhooks in Lever.
    .means = Nothing else was changed.
    .todo = Wait a moment, then try again.
problem-webhooks-left = { $eventsCount ->
        [one] One webhook is still in Lever: { $events }.
       *[other] { $eventsCount } webhooks are still in Lever: { $events }.
    }
    .means = Lever may keep sending events there.
    .todo = { $host ->
        [none] Delete the webhooks in Lever’s webhook settings, or try again.
       *[other] Delete the webhooks for { $host } in Lever’s webhook settings, or try again.
    }
problem-webhooks-may-be-left = Padwatch’s webhooks may still be in Lever.
    .means = Lever may keep sending events.
    .todo = { $host ->
        [none] Delete the webhooks in Lever’s webhook settings, or try again.
       *[other] Delete the webhooks for { $host } in Lever’s webhook settings, or try again.
    }
problem-webhooks-declined = { $said ->
        [none] Lever declined the webhooks.
       *[other] Lever declined the webhooks: “{ $said }”
    }
    .means = Candidates are found by checking Lever.
    .todo = Create the webhooks by hand in Lever’s settings instead.
problem-webhook-unsigned = Lever created a webhook without a signing token.
    .means = Its events can’t be verified, so they aren’t used.
    .todo = Try again, or create it by hand in Lever’s settings and add its signing token here.
problem-cannot-listen = Padwatch can’t listen for webhooks on this computer.
    .means = Candidates are found by checking Lever.
    .todo = Padwatch will keep trying. If this doesn’t change, ask your IT about security software.
problem-signing-token-changed = Lever’s events don’t match any of your signing tokens.
    .means = Candidates are found by checking Lever.
    .todo = Copy the webhook’s signing token in Lever and add it here, or repair the webhooks.
problem-clock-behind = This computer’s clock is behind Lever’s.
    .means = Candidates are found by checking Lever.
    .todo = Set the clock.
problem-signing-token-missing = Events arrive, but there’s no signing token to verify them with.
    .means = Candidates are found by checking Lever.
    .todo = Copy the signing token from Lever’s webhook settings and add it here.
problem-port-changed = Another program uses port { NUMBER($before, useGrouping: "false") }, so Padwatch listens on { NUMBER($port, useGrouping: "false") }.
    .means = Instant updates stop until your tunnel leads there.
    .todo = Restart your tunnel so that it leads to http://127.0.0.1:{ NUMBER($port, useGrouping: "false") }.
problem-events-missing = Instant updates aren’t arriving: a candidate was moved, and no webhook came.
    .means = Candidates are found by checking Lever.
    .todo = Check that your tunnel is running and that the events are on in Lever’s webhook settings.

# Keys, addresses and the password store

problem-no-key-pasted = There’s no key in what you pasted.
    .means = The key wasn’t saved.
    .todo = Copy the key again and paste it here.
problem-key-is-address = This is a web address, not a key.
    .means = The key wasn’t saved.
    .todo = Copy the key itself and paste it here.
problem-not-a-key = This doesn’t look like an API key.
    .means = The key wasn’t saved.
    .todo = Copy the key alone, without the text around it. Keys have no spaces.
problem-lever-key-wanted = This is the CoderPad key. The Lever key goes here.
    .means = The key wasn’t saved.
    .todo = Copy the key in Lever and paste it here.
problem-coderpad-key-wanted = This is the Lever key. The CoderPad key goes here.
    .means = The key wasn’t saved.
    .todo = Copy the key in CoderPad and paste it here.
problem-signing-token-wanted = This is the CoderPad key. A webhook’s signing token goes here.
    .means = The signing token wasn’t saved.
    .todo = Copy the signing token in Lever’s webhook settings and paste it here.
problem-api-key-as-token = This is the Lever API key. A webhook’s signing token goes here.
    .means = The signing token wasn’t saved.
    .todo = Copy the signing token in Lever’s webhook settings and paste it here.
problem-root-not-an-address = Padwatch can’t use this address for { $service }.
    .means = The connection stays as it is.
    .todo = Enter a web address that begins with https://.
problem-root-not-secure = Padwatch can’t use this address for { $service }.
    .means = The connection stays as it is.
    .todo = Enter the address with https://. Keys are only sent over https.
problem-root-too-much = Padwatch can’t use this address for { $service }.
    .means = The connection stays as it is.
    .todo = Enter the host and path alone, without a name, “?”, or “#”.
problem-proxy-not-an-address = Padwatch can’t use this proxy address.
    .means = The connection stays as it is.
    .todo = Enter a host and port, such as proxy.example.com:3128.
problem-proxy-with-secret = Padwatch can’t save a proxy’s name and password.
    .means = The connection stays as it is.
    .todo = Leave them out. Set a proxy that needs them in the system’s settings.
problem-keyring-waiting =
    { PLATFORM() ->
        [windows] Padwatch is waiting for Windows Credential Manager.
        [macos] Padwatch is waiting for your Keychain.
       *[other] Padwatch is waiting for your password store (keyring).
    }
    .means = No one is being watched until it opens.
    .todo =
        { PLATFORM() ->
            [windows] Padwatch will keep trying.
            [macos] If macOS asks for your password, enter it and always allow it.
           *[other] If it asks for your password, unlock it.
        }
problem-keyring-missing =
    { PLATFORM() ->
        [windows] Windows Credential Manager isn’t responding, so Padwatch can’t load your keys.
        [macos] Your Keychain isn’t responding, so Padwatch can’t load your keys.
       *[other] No password store (keyring) is running, so Padwatch can’t load your keys.
    }
    .means = No one is being watched.
    .todo =
        { PLATFORM() ->
            [windows] Padwatch will keep trying. If this doesn’t change, restart your computer.
            [macos] Open Keychain Access and unlock the login keychain. Padwatch continues automatically.
           *[other] Start or install GNOME Keyring or KWallet. Padwatch will find it automatically.
        }
problem-keyring-without-default = Your password store (keyring) is closed or has no default keyring.
    .means = No one is being watched.
    .todo = Open it, or create a default keyring in it. Padwatch continues automatically.
problem-keyring-locked =
    { PLATFORM() ->
        [windows] Windows Credential Manager is taking too long to respond.
        [macos] Your Keychain is locked.
       *[other] Your password store (keyring) is locked.
    }
    .means =
        { PLATFORM() ->
            [windows] No one is being watched until it responds.
           *[other] No one is being watched until it’s unlocked.
        }
    .todo =
        { PLATFORM() ->
            [windows] Sign in to Windows again. Padwatch continues automatically.
            [macos] Unlock it. Padwatch continues automatically.
           *[other] Unlock it. Padwatch continues automatically.
        }
problem-key-damaged = The saved key is damaged.
    .means = No one is being watched.
    .todo = Enter the key again.
problem-key-doubled =
    { PLATFORM() ->
        [windows] Windows Credential Manager holds two different keys for Padwatch.
        [macos] Your Keychain holds two different keys for Padwatch.
       *[other] Your password store (keyring) holds two different keys for Padwatch.
    }
    .means = No one is being watched.
    .todo = Enter the key again. It replaces both.
problem-key-for-elsewhere = The saved { $service } key was entered for another address.
    .means = No one is being watched.
    .todo = Enter a { $service } key for { $origin }, or choose the previous address again.
problem-key-used-elsewhere = Another Padwatch on this computer uses this Lever key.
    .means = This one doesn’t watch.
    .todo = Quit the other Padwatch, or enter another Lever key here.
problem-keys-still-stored =
    { PLATFORM() ->
        [windows] The keys are still in Windows Credential Manager.
        [macos] The keys are still in your Keychain.
       *[other] The keys are still in your password store (keyring).
    }
    .means = Padwatch won’t use them again.
    .todo =
        { PLATFORM() ->
            [windows] Padwatch deletes them as soon as it can.
            [macos] Unlock the Keychain. Padwatch deletes them as soon as it can.
           *[other] Unlock the password store. Padwatch deletes them as soon as it can.
        }
problem-connection-unreadable = Padwatch can’t read the connection settings.
    .means = The usual addresses are in use.
    .todo = Choose the connection again in Settings.
problem-connection-not-stored = Padwatch couldn’t save your choice in its folder.
    .means = The connection stays as it is.
    .todo = Check that the disk has room, then try again.

# The desktop and Padwatch itself

problem-clipboard-failed = Padwatch couldn’t copy the link.
    .means = The clipboard still holds what it held before.
    .todo = Select the link in the window and press Ctrl+C.
problem-no-browser = No program on this desktop opened the link.
    .means = The page isn’t open.
    .todo = Set a default browser, or copy the link and open it yourself.
problem-no-browser-for = No program on this desktop opened the page.
    .means = The page isn’t open.
    .todo = Set a default browser, or open { $address } yourself.
problem-page-not-asked-for = The demo’s page hasn’t opened in a browser.
    .means = The page isn’t open.
    .todo = Set a default browser, or open { $address } yourself.
problem-no-file-manager = No program on this desktop opened the folder.
    .means = The logs are unchanged.
    .todo = Copy the report instead.
problem-no-mail-program = No email program on this desktop opened the invitation.
    .means = Nothing was sent.
    .todo = Copy the invitation and paste it into an email.
problem-padwatch-not-started = Padwatch couldn’t be started from here.
    .means = This Padwatch keeps running.
    .todo = Quit it from its tray icon and start it as you usually do.
problem-login-entry-failed = Your desktop didn’t accept the setting for opening at login.
    .means = Padwatch doesn’t open at login.
    .todo = Add Padwatch to the programs that open at login in your desktop’s settings.
problem-download-failed = Padwatch couldn’t save the file in your Downloads folder.
    .means = Nothing was saved.
    .todo = Check that the folder exists and that the disk has room.
problem-no-tray-host = Your desktop doesn’t show tray icons, so Padwatch is using this window.
    .means = If you close it, open Padwatch again from your apps menu.
    .todo = Turn on your panel’s tray. On GNOME, install the AppIndicator extension.
problem-no-tray-host-hidden = Padwatch is running, but this desktop doesn’t show tray icons.
    .means = New pads are shown in notifications only.
    .todo = Open Padwatch from here or from your apps menu.
problem-no-notifications =
    { PLATFORM() ->
        [windows] Windows doesn’t show Padwatch’s notifications.
        [macos] macOS doesn’t show Padwatch’s notifications.
       *[other] Notifications aren’t available on this desktop.
    }
    .means = Padwatch holds them until they’re available.
    .todo =
        { PLATFORM() ->
            [windows] Allow them for Padwatch in Settings, System, Notifications.
            [macos] Allow them for Padwatch in System Settings, Notifications.
           *[other] Check the menu or the window meanwhile.
        }
problem-window-too-long = This is too long for Padwatch’s window.
    .means = It can’t be shown here.
    .todo = Open it in CoderPad or Lever.
problem-window-not-opened = Padwatch’s window couldn’t be opened.
    .means = Padwatch is still watching, and the tray menu has the links.
    .todo = Select “Open Padwatch” in the tray menu to try again.
problem-web-view-missing = Padwatch’s window needs Microsoft Edge WebView2, which isn’t installed.
    .means = Padwatch is still watching, and the tray menu has the links.
    .todo = Install WebView2 from Microsoft’s website, then open Padwatch again.
problem-window-closed = Padwatch’s window closed unexpectedly.
    .means = Padwatch is still watching.
    .todo = Select “Open Padwatch” in the tray menu to open it again.
problem-call-not-understood = Padwatch couldn’t read what its window asked for.
    .means = Nothing was changed.
    .todo = Close the window and open it again.
problem-engine-silent = Padwatch isn’t responding, so no one is being watched.
    .means = What you see may be out of date.
    .todo = If it doesn’t recover, quit Padwatch and start it again.
problem-tray-failing = Padwatch’s tray menu keeps failing.
    .means = Padwatch is still watching.
    .todo = Padwatch will keep trying. If this doesn’t change, quit Padwatch and start it again.
problem-notifications-failing = Padwatch’s notifications keep failing.
    .means = Padwatch is still watching. The window lists everything.
    .todo = Padwatch will keep trying. If this doesn’t change, quit Padwatch and start it again.
problem-window-failing = Padwatch’s window keeps failing.
    .means = Padwatch is still watching, and the tray menu has the links.
    .todo = Padwatch will keep trying. If this doesn’t change, quit Padwatch and start it again.
problem-keys-failing = Padwatch can’t load your keys.
    .means = No one is being watched until it can.
    .todo = Padwatch will keep trying. If this doesn’t change, quit Padwatch and start it again.
problem-webhooks-failing = Padwatch can’t receive webhooks.
    .means = Candidates are found by checking Lever.
    .todo = Padwatch will keep trying. If this doesn’t change, quit Padwatch and start it again.
problem-part-failing = A part of Padwatch keeps failing.
    .means = Some candidates may wait longer.
    .todo = Padwatch will keep trying. If this doesn’t change, quit Padwatch and start it again.
problem-engine-failing = Padwatch stopped watching because of an internal error.
    .means = New candidates wait for their pads.
    .todo = Padwatch will keep trying. If this doesn’t change, copy the diagnostics and ask for help.
problem-engine-ended = Padwatch stopped watching.
    .means = What you see may be out of date.
    .todo = Quit Padwatch and start it again.
problem-interrupted = An error in Padwatch interrupted this.
    .means = It may not be done.
    .todo = Try again.
problem-step-failed = An error in Padwatch interrupted this step.
    .means = The candidate waits a little longer.
    .todo = Padwatch will keep trying.
problem-step-timed-out = This step took too long, so Padwatch stopped it.
    .means = The candidate waits a little longer.
    .todo = Padwatch will keep trying.
problem-closing = Padwatch is closing.
    .means = Nothing was changed.
    .todo = Start Padwatch again to continue.
problem-earlier = { $message }
    .means = This was recorded by an earlier version of Padwatch.
    .todo = Open the candidate again.

# The settings that have limits.

setting-name = { $setting ->
        [pollSeconds] The time between checks
        [bulkLimit] The bulk-move limit
        [delaySeconds] The delay before a pad
        [lowQuota] The low-pad warning
        [missingLinkSeconds] The time until a missing link is reported
        [daysInTray] The number of days in the tray
        [retentionDays] The number of days to keep data
        [reminderMinutes] The reminder time
        [checkMinutes] The time of the check
        [lateMinutes] The time after which someone is late
        [tag] The tag
        [jobs] The list of jobs with their own settings
        [stageName] The stage’s name
        [stages] The list of stages
        [templates] The list of templates
        [templateName] The template’s name
        [templateSubject] The template’s subject
        [templateBody] The template’s text
        [language] The language
       *[owner] The pad owner
    }

## Reasons: why a candidacy is in its state

reason-tagged = Tagged “{ $tag }” and in a watched stage.
reason-tagged-in-stage = Tagged “{ $tag }” and in { $stage }.
reason-came-back = Back in a watched stage.
reason-link-appeared = A pad link is on the Lever profile now.
reason-bulk-move = Part of a bulk move.
reason-had-pad-before = This candidate had a pad before. Its data was removed from this computer.
reason-tag-removed = Tag removed.
reason-tag-removed-pad-stays = The tag was removed in Lever. The pad and its link stay until you delete the pad.
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

reason-user-marked = You marked the link.
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
reason-user-kept-pad = You kept the pad.
reason-user-ended-pad = You ended the pad.
reason-ended-by-setting =
    { $why ->
        [archived] The candidate was archived in Lever.
        [movedBack] The candidate was moved back in Lever.
       *[tagRemoved] The tag was removed in Lever.
    } Your settings end such pads.
reason-user-chose-link = You chose the pad link on the Lever profile.
reason-user-sent-note = You added the note.

reason-pad-created = The pad is ready.
reason-not-saved = Padwatch couldn’t save this, so it didn’t request the pad.
reason-trying-again = The problem may be resolved.
reason-pad-unclear =
    { $doubt ->
        [noAnswer] CoderPad didn’t answer.
        [serviceTrouble] CoderPad had a problem.
        [rateLimited] CoderPad is limiting requests.
        [closed] Padwatch closed before CoderPad answered.
       *[oddAnswer] CoderPad’s reply was unclear.
    } Padwatch is checking whether the pad was created. There’s nothing for you to do yet.
reason-checking-pad = { reason-pad-unclear }
reason-pad-not-found = The pad hasn’t shown up after several checks. Look in CoderPad: if it’s there, paste its link. If not, create another.
reason-pad-list-incomplete = Padwatch can’t tell whether the pad was created, because it can’t read CoderPad’s complete list. { $problem } Padwatch will keep checking.
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
reason-link-replaced = The link is on the Lever profile. It replaces { $link }, which no longer works.
reason-old-link-stays = { $problem } The old pad link, { $link }, is still on the Lever profile. Remove it there, or Padwatch will try again.
reason-link-not-shown = Lever accepted the link but doesn’t show it.
reason-other-pad-first = Another tool added its pad first. You can delete Padwatch’s.
reason-own-marker = The pad has Padwatch’s marker.
reason-other-tools-pad = Another tool or person created it.

reason-lever-says = From the schedule in Lever.
reason-ready = Everything that could be checked is as it should be.
reason-not-ready = { $findings }
reason-not-there =
    { $missing ->
        [everyone] The interview has begun, and no one is in the pad yet.
        [candidate] The interview has begun, and the candidate isn’t in the pad yet.
        [interviewer] The interview has begun, and the interviewer isn’t in the pad yet.
       *[oneOfTwo] The interview has begun, and only one person is in the pad.
    }
reason-everyone-there = The candidate and an interviewer are in the pad.
reason-someone-in-pad = Someone is in the pad.
reason-interview-ended = The interview was ended in CoderPad.
reason-closed-by-coderpad = No one ended the interview, so CoderPad closed the pad after a week.
reason-never-opened = The pad closed without anyone joining.
reason-ended-before-interview = The pad { $link } ended before the interview. Create another pad, whose link replaces this one in Lever, or reopen this one in CoderPad.
reason-ask-after-early-end = The pad ended before the interview. Create another pad, or reopen this one in CoderPad.
reason-reopened = The pad was reopened in CoderPad.
reason-pad-shown-again = CoderPad shows the pad again.
reason-pad-missing = CoderPad can’t find the pad. Padwatch will check again in a minute.
reason-pad-deleted = The pad was deleted in CoderPad.
reason-ask-after-deletion = The pad was deleted in CoderPad. Create another pad?

reason-problem = { $problem }
reason-unreadable = Padwatch can’t read what it saved about this candidate, so it won’t create a pad. Update Padwatch, or add a pad link in Lever yourself and skip the candidate here.
# Written by an earlier version.
reason-earlier = { $text }

## Activity: the lines of a candidate's history

activity-noticed = Noticed
activity-came-back = Back in a watched stage
activity-moved-on = No longer watched
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
activity-pad-kept = Pad kept
activity-pad-ended = Pad ended
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
activity-old-link-not-removed = Old link still in Lever
activity-other-pad-used = Using the other pad
activity-second-pad = Extra pad found
activity-second-link = Extra pad link in Lever
activity-pad-missing = Pad not found
activity-pad-deleted = Pad deleted
activity-reopened = Pad reopened
activity-interview-planned = Interview scheduled
activity-interview-moved = Interview rescheduled
activity-interview-canceled = Interview canceled
activity-ready-for-interview = Ready for the interview
activity-not-ready-for-interview = Not ready for the interview
activity-someone-missing = Someone isn’t in the pad
activity-everyone-there = Both are in the pad
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

## The check before an interview: what was found

before-ready = The pad opens, its settings are as you chose, and the link was copied.
    .unknown = { $known } Lever doesn’t show who holds the interview.
    .held = { $known } No interviewer has declined.
    .not-checked = CoderPad hasn’t shown the pad yet. Padwatch keeps trying until the interview starts.
finding-pad-not-found = CoderPad can’t find the pad.
finding-pad-of-another = The pad belongs to another candidate.
finding-link-not-copied = You haven’t copied the pad link.
finding-old-time = The invitation shows the old time.
finding-question = The pad’s question isn’t the one you chose.
finding-language = The pad’s language isn’t the one you chose.
finding-owner = The pad’s owner isn’t the one you chose.
finding-waiting-room = The waiting room isn’t set as you chose.
finding-interviewer-declined = An interviewer declined in Lever.
finding-no-interviewer = No interviewer is scheduled in Lever.

unneeded =
    { $why ->
        [interviewCanceled] The interview was canceled in Lever.
        [archived] The candidate was archived in Lever.
        [movedBack] The candidate was moved back in Lever.
       *[tagRemoved] The tag was removed in Lever.
    }
    .ours = { $why } The pad is still open, and its link works. Keep the pad, end it, or delete it.
    .theirs = { $why } The pad is still open, and its link works. Keep the pad, or end it in CoderPad.
old-time = The interview was rescheduled after you copied the link. The candidate may still have the old time. Copy the invitation again: it shows the new time.

## Messages to someone who is late

# What stands in braces is filled in. They are pasted into a chat or an email.

message-late =
    { $missing ->
        [candidate] Hi { $name }, we’re in the pad and ready to start. You can join here: { $link }
        [interviewer] { $name } is in the pad for the interview. You can join here: { $link }
       *[everyone] It’s time for the interview with { $name }. You can join here: { $link }
    }

## States of candidates and interviews

state-moved-on = No longer watched – no pad
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
state-ready-old-link-stays = Pad ready – old link still in Lever
state-tag-removed = Pad ready – tag removed in Lever
state-ready = Ready to send
state-existing-pad = Existing pad
state-link-copied = Link copied
state-before-ready = ✓ Ready
state-before-not-ready = Not ready
state-before-not-checked = Not checked yet
state-late =
    { $missing ->
        [everyone] No one is in the pad yet
        [candidate] Not in the pad yet
        [interviewer] The interviewer isn’t in the pad yet
       *[oneOfTwo] Only one person is in the pad
    }
state-old-time = Old time in invitation
state-unneeded =
    { $why ->
        [interviewCanceled] Canceled – pad open
        [archived] Archived – pad open
        [movedBack] Moved back – pad open
       *[tagRemoved] Tag removed – pad open
    }
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
work-rehearsing = Reading the last 30 days

## The rehearsal

rehearsal-none = No one came to a watched stage in the last 30 days.
rehearsal-creates =
    { $count ->
        [0] Padwatch would have created no pads.
        [one] Padwatch would have created one pad.
       *[other] Padwatch would have created { $count } pads.
    }
    .of-plan =
    { $count ->
        [0] Padwatch would have created no pads.
        [one] Padwatch would have created one pad. Your plan has { NUMBER($limit) } per cycle.
       *[other] Padwatch would have created { $count } pads. Your plan has { NUMBER($limit) } per cycle.
    }
rehearsal-missing =
    { $count ->
        [one] One of these candidates has no pad link.
       *[other] { $count } of these candidates have no pad link.
    }
rehearsal-several =
    { $count ->
        [one] One has more than one pad link.
       *[other] { $count } have more than one pad link.
    }
rehearsal-waits = Half of the links were there within { $median }; the longest wait was { $longest }.
rehearsal-unread =
    { $count ->
        [one] One record couldn’t be read.
       *[other] { $count } records couldn’t be read.
    }
rehearsal-unknown = Lever doesn’t say when a tag was added, so today’s tags and owners count.
rehearsed-creates = Creates a pad
rehearsed-adopts = Uses the existing pad
rehearsed-bulk-move = Asks first: many moved at once
rehearsed-each-time = Asks first
rehearsed-older-link = Asks first: there’s an older link
rehearsed-no-tag = No pad: not tagged
rehearsed-other-owner = No pad: not yours
rehearsed-anonymized = No pad: personal data removed
rehearsed-left = No pad: moved on at once
rehearsed-integration = No pad: CoderPad’s integration creates it
rehearsed-no-link = No link
rehearsed-link = Link
rehearsed-link-after = Link after { $duration }
rehearsed-links = { NUMBER($count) } links

## Tray

tray-title-demo = Padwatch demo
tray-title-profile = { $title } ({ $folder })
tray-watching = Watching
    .checked = Watching · checked { $when }
tray-stale = Last checked { $when }
tray-starting = Checking Lever for the first time…
tray-paused = Paused
    .until = Paused until { $when }
tray-progress = { $what } · { NUMBER($done) }
    .of = { $what } · { NUMBER($done) } of { NUMBER($total) }
tray-decide = Needs a decision: { $who }
tray-no-pads = No open pads
tray-waiting =
    { $count ->
        [one] 1 candidate waiting for a pad
       *[other] { $count } candidates waiting for a pad
    }
tray-copied = Link copied: { $who }
tray-new = New: { $who }
tray-candidate = { $name } – { $job }
tray-interview = Interview at { $when }: { $who }
    .now = Interview now: { $who }
    .ready = ✓ Ready, { $when }: { $who }
    .not-ready = Not ready, { $when }: { $who }
    .late = Late: { $who }
tray-more-of = More for { $who }
tray-mark-sent = Mark as sent
tray-mark-not-sent = Mark as not sent
tray-ended = Recent interviews
tray-more = { NUMBER($count) } more…
tray-resume = Resume
tray-check-now = Check now
tray-pause = Pause
tray-pause-hour = For 1 hour
tray-pause-tomorrow = Until tomorrow
tray-pause-resumed = Until I resume
tray-open = Open Padwatch
tray-finish-set-up = Finish setting up Padwatch…
tray-demo = Demo controls…
tray-quit = Quit

# What the icon is called, for its tooltip and for screen readers. No names: others may see the screen.

headline = { $title }: { $status }
headline-paused = paused
headline-copied = pad link copied
headline-stale = last checked { $when }
headline-waiting-stale = waiting for { $service }, last checked { $when }
headline-decisions =
    { $count ->
        [one] 1 candidate needs a decision
       *[other] { $count } candidates need a decision
    }
headline-ready =
    { $count ->
        [one] 1 pad link ready to send
       *[other] { $count } pad links ready to send
    }
headline-starting = checking Lever for the first time
headline-watching = watching

## Notifications

# Where names are hidden, the title is the part ".hidden".

notice-pad-ready = Pad ready: { $who }
    .hidden = A pad is ready
    .created = Copy the link and add it to your invitation.
    .existing = Lever already had a pad link for this candidate, so no new pad was created.
notice-no-link = No pad link yet: { $who }
    .hidden = No pad link yet
    .body = CoderPad’s Lever integration hasn’t added one. You can create a pad yourself.
notice-extra-pad = Two pads for one candidate: { $who }
    .hidden = Two pads for one candidate
    .ours = Delete the extra pad in Padwatch.
    .theirs = The second pad came from another tool or person.
notice-link-declined = Couldn’t add the pad link to Lever: { $who }
    .hidden = Couldn’t add a pad link to Lever
notice-ended = Interview ended: { $who }
    .hidden = An interview ended
    .playback = The playback is ready.
    .closed = No one ended this interview, so CoderPad closed the pad after a week. The playback is ready.
notice-soon = Interview soon: { $who }
    .hidden = An interview starts soon
notice-not-sent = Link not sent yet: { $who }
    .hidden = Link not sent yet
    .body = { $begins } You haven’t sent the pad link yet.
notice-not-ready = Interview not ready: { $who }
    .hidden = An interview isn’t ready
    .body = { $begins } { $findings }
notice-late =
    { $missing ->
        [everyone] No one is in the pad yet: { $who }
        [candidate] { $who } isn’t in the pad yet
        [interviewer] The interviewer isn’t in the pad yet: { $who }
       *[oneOfTwo] Only one person is in the pad: { $who }
    }
    .hidden = Someone isn’t in the pad yet
    .body =
        { $minutes ->
            [one] The interview began 1 minute ago.
           *[other] The interview began { $minutes } minutes ago.
        }
notice-begins-now = The interview is starting now.
notice-begins-minutes =
    { $minutes ->
        [one] The interview starts in 1 minute.
       *[other] The interview starts in { $minutes } minutes.
    }
notice-begins-hours =
    { $hours ->
        [one] The interview starts in about an hour.
       *[other] The interview starts in about { $hours } hours.
    }
notice-note-added = Note added to Lever: { $who }
    .hidden = Note added to Lever
    .body = The interview note is on the candidate’s profile.
notice-note-declined = Couldn’t add the note: { $who }
    .hidden = Couldn’t add a note
notice-checking = Checking on a pad: { $who }
    .hidden = Checking on a pad
notice-asks = Decision needed: { $who }
    .hidden = Decision needed
notice-bulk-move =
    { $count ->
        [one] 1 candidate moved at once
       *[other] { $count } candidates moved at once
    }
    .body = No pads created yet. Choose who gets one.
notice-back = Back to normal
    .lever = Lever is working again
    .coderpad = CoderPad is working again
    .reading = Candidates can be read again
    .linking = Pad links can be added again
    .account = Accounts confirmed
    .tag = The tag works again
    .settings = Settings can be read again
    .body = Padwatch is working again, and waiting candidates get their pads.
notice-pads-left =
    { $count ->
        [0] No CoderPad pads left
        [one] One CoderPad pad left
       *[other] { $count } CoderPad pads left
    }
    .body = When none are left, new candidates wait, or more pads are billed. It depends on your plan.
# $needed is at least two.
notice-plan-short = { NUMBER($left) } CoderPad pads left, about { NUMBER($needed) } needed
    .body = That’s at the pace of recent weeks, until your plan resets.
notice-rebuilt = Padwatch had to rebuild its data
    .body = The old data is saved as { $file }. No pads are created until you’ve checked the list in Padwatch.
notice-many-ready = { NUMBER($count) } pads are ready
notice-many = { NUMBER($count) } updates from Padwatch
    .body = Open Padwatch to see them.
notice-details = Open Padwatch for details.
notice-who = { $name }, { $job }

button-copy-link = Copy link
button-open-in-lever = Open in Lever
button-watch-playback = Watch playback
button-add-code = Add code to Lever…
button-open-pad = Open pad
button-copy-message = Copy a message
button-copy-invitation = Copy invitation
button-open = Open Padwatch

## Notes in Lever

lever-note-title = CoderPad interview
lever-note-playback = Playback: { $link }
lever-note-date = Date: { $at }
lever-note-date-and-duration =
    Date: { $at }
    Duration: { $duration }
lever-note-closed-by-coderpad = No one ended the interview, so CoderPad closed the pad after a week.
lever-note-participants = Participants: { $names }
lever-note-runs = Code runs: { $runs }
lever-note-runs-of =
    { $language }, { $count ->
        [one] 1 run
       *[other] { $count } runs
    }
lever-note-attached = The code at the end is attached: { $file }
lever-note-summary = Summary by CoderPad
lever-note-transcript = Transcript by CoderPad
lever-note-review = Review by CoderPad
lever-note-code = Code at the end
lever-note-unnamed-code = code
lever-note-part = Part { NUMBER($number) } of { NUMBER($of) }

## Notices: what has to be said about an interview's code

notice-no-code = There’s no code in this pad.
notice-more-parts = The pad has { $count } languages and questions. The first { $shown } are shown.
notice-part-unread =
    Part { $part } of the code can’t be read: { $trouble ->
        [notGiven] CoderPad doesn’t give access to it.
        [declined] CoderPad declined.
        [tooLarge] it’s too large.
       *[oddAnswer] CoderPad’s reply was unclear.
    }
notice-files-unread =
    { $count ->
        [one] One file can’t be read. It’s in CoderPad.
       *[other] { $count } files can’t be read. They’re in CoderPad.
    }
notice-more-files = The first { $shown } files are shown. { $more } more are in CoderPad.
notice-more-text = There’s more code than fits here. The rest is in CoderPad.
notice-too-long-for-notes = The code is too long for notes. Choose who you are in Lever, in the settings, to attach it as a file.
notice-not-text = This file isn’t text.
notice-file-too-large = This file is too large to show. It’s in CoderPad.
notice-no-text = CoderPad has no text for this file.
notice-no-text-nor-edits =
    CoderPad has no text for this file. { $trouble ->
        [otherHost] The recorded edits are stored outside CoderPad, so Padwatch didn’t load them.
        [unreachable] The recorded edits can’t be reached right now.
        [notGiven] CoderPad doesn’t give access to the recorded edits.
        [tooLarge] The recorded edits are too large to load.
        [unreadable] The recorded edits can’t be read.
       *[dontFit] The recorded edits don’t fit together.
    }
notice-own-text =
    { $trouble ->
        [otherHost] The recorded edits are stored outside CoderPad, so Padwatch didn’t load them.
        [unreachable] The recorded edits can’t be reached right now.
        [notGiven] CoderPad doesn’t give access to the recorded edits.
        [tooLarge] The recorded edits are too large to load.
        [unreadable] The recorded edits can’t be read.
       *[dontFit] The recorded edits don’t fit together.
    } CoderPad’s own text is shown, which may be from the beginning.
notice-edits-differ = CoderPad’s own text and the recorded edits differ. The text after the last edit is shown.
notice-edits-left-out =
    { $count ->
        [one] Recorded edit { $first } doesn’t fit the others. The text is shown without it.
       *[other] { $count } recorded edits don’t fit the others, starting with edit { $first }. The text is shown without them.
    }
notice-edits-misfit =
    { $count ->
        [one] Recorded edit { $first } doesn’t fit the others. CoderPad’s own text is shown.
       *[other] { $count } recorded edits don’t fit the others, starting with edit { $first }. CoderPad’s own text is shown.
    }
# Written by an earlier version.
notice-earlier = { $text }

## Invitation

# What stands in a template for a value, and in brackets where the value is unknown.

gap-first-name = first name
gap-name = name
gap-job = job
gap-link = link
gap-time = interview time
gap-interviewers = interviewers
gap-recruiter = your name

## Window: everywhere

go-back = Back
name-missing-within = an unnamed candidate
job-missing = No job
confirm-cancel = Cancel
button-working = Working…
no-answer = Padwatch isn’t responding.
    .means = What you see may be out of date.
    .hint = If this doesn’t recover, quit Padwatch from its tray icon and open it again.
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
standing-stale = Last checked { $when }
standing-waiting = Waiting for { $service }
standing-waiting-checked = Waiting for { $service } · checked { $when }
standing-waiting-stale = Waiting for { $service } · last checked { $when }
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
progress-end = Stop
settings-title = Settings
progress-continues = This continues when you close the window.
progress-continues-pads-stay = This continues when you close the window. Existing pads stay.
demo-mode = Demo
    .hint = Nothing leaves this computer.
demo-open-controls = Open demo controls…
demo-move-candidate = Move candidate
demo-end-interview = End interview
demo-start-outage = Start outage
demo-end-outage = End outage
remedy-accounts = Open accounts
remedy-watching = Choose now
remedy-connection = Open connection
remedy-set-up = Set up
remedy-finish-set-up = Finish setting up
remedy-check-now = Try again now
remedy-webhooks = Open webhooks
remedy-go = Start creating pads
remedy-use-this-account = Use this account
remedy-working = Trying…
notices-more =
    { $count ->
        [one] 1 more notice
       *[other] { $count } more notices
    }
notices-fewer = Show only the first

## Window: list

list-title = Padwatch
list-label = Candidates
list-label-hint = Use the arrow keys to select. Enter runs the row’s action. Control+Enter opens the details.
list-search = Search name, job, or link
list-clear-search = Clear the search
list-opening = Opening the list…
list-choose = Choose…
list-show-all = Show all
list-show-fewer = Show fewer
list-show-skipped = Show skipped candidates ({ NUMBER($count) })
list-found =
    { $count ->
        [one] 1 candidate found
       *[other] { $count } candidates found
    }
list-row-loading = Loading
list-interview-at = Interview: { $moment }
list-empty = No candidates yet
list-quiet = Nothing to do right now
list-empty-hint = When a tagged candidate moves to a watched stage, they appear here with their pad link.
list-empty-hint-integration = When CoderPad adds a pad link for a tagged candidate in a watched stage, they appear here.
list-last-checked = Last checked { $when }
list-no-matches = No matches
list-no-matches-hint = Search covers names, jobs, and links. Press Esc to clear it.
section-needs-decision = Needs a decision
section-ready-to-send = Ready to send
section-in-progress = In progress
section-interviews = Interviews
section-live = Live now
section-today = Today
section-later = Later
section-link-copied = Link copied
section-ended = Ended
section-already-in-stage = Already in stage
section-skipped = Skipped
row-copy = Copy link
    .for = Copy link for { $who }
row-copied = Copied
    .for = Copied the link for { $who }
row-copied-undo = Copied · Undo
    .for = Copied · Undo the copy for { $who }
row-playback = Watch playback
    .for = Watch playback of { $who }’s interview
row-decide = Decide…
    .for = Decide about { $who }
row-create = Create pad…
    .for = Create a pad for { $who }
copied-for = Copied the pad link for { $who }.
copied-unchecked-for = Copied the pad link for { $who }. CoderPad couldn’t be reached to check the pad.
list-keys-actions = Actions
list-keys-all = Shortcuts
shortcuts-title = Keyboard shortcuts
    .about = Everything works without a mouse
shortcuts-done = Close
shortcut-select = Select a candidate
shortcut-primary = Run the row’s action
shortcut-open = Open the details
shortcut-actions = Show all actions
shortcut-undo = Undo the copy
shortcut-search = Search
shortcut-back = Go back, or clear the search
shortcut-larger = Larger
shortcut-smaller = Smaller
shortcut-usual-size = Usual size
shortcut-close = Close the window
shortcut-list = Show this list

## Window: candidate and actions

candidate-title = Candidate
candidate-loading = Loading…
candidate-open-pad = Open pad
open-in-lever = Open in Lever
candidate-activity = Activity
candidate-no-activity = Nothing yet.
candidate-stage = In { $stage } in Lever
candidate-tag-of-job = In { $stage } in Lever · tag from the job posting
candidate-tag-of-candidate = In { $stage } in Lever · tag on the candidate
candidate-interview = Interview
candidate-interview-with = { $when } with { $who }
candidate-interview-unknown = Interview time not known
candidate-not-scheduled = No interview scheduled in Lever
candidate-none-selected = Select a candidate to see their pad and activity.
extra-pads = This interview has more than one pad.
    .hint = Send only the link above. That’s the pad Padwatch is tracking.
extra-pads-ours = created by Padwatch
extra-pads-others = created elsewhere
actions-more = More actions
actions-for = Actions for { $who }
message-copy = Copy a message
    .done = Copied the message.
action-check-again = Check CoderPad again
    .effect = Searches your pads again. Doesn’t create anything.
    .done = Padwatch is checking CoderPad again.
action-use-link = Use it
    .effect = Uses the pad whose link is on the profile. Doesn’t create another pad.
    .done = Padwatch uses the existing pad for { $who }.
action-create = Create pad
    .effect = Creates a pad and adds its pad link to { $who }’s Lever profile. Uses 1 pad.
    .effect-of =
        { $count ->
            [one] Creates a pad and adds its pad link to { $who }’s Lever profile. Uses your last remaining pad.
           *[other] Creates a pad and adds its pad link to { $who }’s Lever profile. Uses 1 of your { $count } remaining pads.
        }
    .done = Creating a pad for { $who }.
action-hold = Hold
    .effect = Won’t create a pad for { $who } until you choose to. Nothing changes in Lever.
    .done = No pad for { $who } until you choose to create one.
action-skip = Skip
    .effect = No pad for { $who }. Nothing changes in Lever.
    .done = Skipped { $who }.
action-mark-sent = Mark as sent
    .effect = Moves { $who } to “Link copied”. Doesn’t send anything.
    .done = Moved { $who } to “Link copied”.
action-mark-not-sent = Mark as not sent
    .effect = Moves { $who } back to “Ready to send”.
    .done = Moved { $who } back to “Ready to send”.
action-see-pad = Do you see the pad in CoderPad?
    .done = Padwatch uses that pad now.
action-see-pad-link = Pad link
    .hint = Paste it here and Padwatch will use that pad instead of creating another.
action-see-pad-use = Use this pad
action-create-another = Create another pad…
    .confirm = Create another pad
    .effect = Creates a second pad even if the first one exists.
    .question = Create another pad for { $who }?
    .may-exist = If the first pad was created, there are two for the same interview. Both count toward your plan.
    .check-first = The new link goes to { $who }. Check CoderPad first if you can.
action-remove-tag = Remove tag…
    .confirm = Remove tag
    .effect = Removes the tag in Lever, so Padwatch doesn’t create a pad.
    .question = Remove the tag from { $who } in Lever?
    .for-everyone = Everyone in Lever sees the change on { $who }’s profile, and so do other tools that use the tag.
    .stays = Tags inherited from the job posting stay. An existing pad stays too.
    .done = Removed the tag from { $who }.
action-add-tag = Add tag
    .effect = Tags { $who } in Lever without moving them. In a watched stage, they get a pad under your usual settings.
    .done = Tagged { $who } in Lever.
action-keep-pad = Keep pad
    .effect = Leaves the pad and its link as they are.
    .done = Kept the pad for { $who }.
action-end-pad = End pad…
    .effect = Ends the pad. Its link then shows the playback.
    .done = Ended the pad for { $who }.
    .question = End the pad for { $who }?
    .stops = After that, no one can join, and the link shows the playback.
    .final = You can reopen the pad only in CoderPad.
    .confirm = End pad
action-delete-pad = Delete pad…
    .effect = Ends and deletes the pad and removes its pad link from Lever.
    .question = Delete the pad for { $who }?
    .stops = The pad link stops working for everyone and is removed from { $who }’s Lever profile. Code in the pad is lost.
    .plan = CoderPad may still count this pad toward your plan.
    .final = This can’t be undone.
    .confirm = Delete pad
    .done = Deleted a pad of { $who }.
action-delete-extra = Delete pad { $pad }…
    .effect = Deletes the extra pad. The other one stays.
    .question = Delete pad { $pad } for { $who }?
    .stops = { $link } stops working for everyone who has it.

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
note-options = Options
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

set-up-step = Set up Padwatch · step { NUMBER($step) }
set-up-continue = Continue
set-up-connect = Connect
set-up-start = Start watching
set-up-not-now = Not now
set-up-lever = Connect Lever
    .lead = Padwatch watches Lever for candidates tagged “coderpad”, creates a CoderPad pad for each, and puts the pad link one click away.
set-up-coderpad = Connect CoderPad
    .lead = Padwatch creates pads with this key. They belong to the person who owns it.
set-up-check = Check these
    .lead = Padwatch found these in your accounts. Change what isn’t right.
set-up-checking = Checking your Lever and CoderPad accounts…
set-up-move = Move a candidate to { $stage } only when you really mean it: Padwatch creates the pad right away, and every pad counts toward your CoderPad plan.
set-up-tray = You can close this window. Padwatch keeps running in the tray.
set-up-people = Already in { $stage }
    .lead = These candidates have the tag and were there before Padwatch. Select anyone who still needs a pad.
set-up-done = Padwatch is watching
set-up-change = Change
set-up-change-of = Change { $what }
set-up-close = Close
check-you = You in Lever
check-stage = Stage
check-stage-none = No stage chosen
check-tag = Tag
check-tag-count =
    { $count ->
        [0] { $tag } · no candidates yet
        [one] { $tag } · 1 candidate
       *[other] { $tag } · { NUMBER($count) } candidates
    }
check-maker = Who creates the pads
check-maker-seen =
    { $count ->
        [one] 1 tagged profile already has a pad link from someone else, so CoderPad’s integration seems to be on.
       *[other] { NUMBER($count) } tagged profiles already have pad links from someone else, so CoderPad’s integration seems to be on.
    }
check-login = Open at login
check-login-yes = Yes, in the tray
check-login-no = No
demo-try = Try the demo
    .hint = Made-up candidates, no keys needed. Nothing leaves this computer.
demo-started = The demo opens in its own window. To close it, quit it from its own tray icon.

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
account-address = Address
account-uses-address = Padwatch uses the address { $host }.
own-address-open = My CoderPad has another address…
own-address-label = CoderPad address
    .hint = As your browser shows it when you’re signed in to CoderPad.
own-address-use = Use this address
own-address-used = Padwatch uses the CoderPad address { $host }.
key-which-permissions = Which permissions to select
key-lever-step-1 = In Lever, open Settings › Integrations and API › API Credentials.
key-lever-step-2 = Select “Generate New Key”, then the permissions below.
key-lever-step-3 = Copy the key. Lever only shows it once.
key-permissions-needed = Required
    .all = Find all opportunities, Find an opportunity, Find all stages, Add opportunity links
key-permissions-names = Jobs, names, and every spelling of the tag
    .all = Find all postings, Find a posting, Find all users, Find all tags
key-permissions-interviews = Interview times and interviewers
    .all = Find all opportunity interviews, Find all opportunity panels
key-permissions-notes = Notes after the interview
    .all = Create an opportunity note, Find all opportunity notes, Delete an opportunity note, Upload an opportunity file, Find all opportunity files
key-permissions-tags = Adding and removing the tag
    .all = Add opportunity tags, Remove opportunity tags, Update a posting
key-permissions-cleanup = Removing links and deleted candidates
    .all = Remove opportunity links, Find all deleted opportunities
key-permissions-webhooks = Instant updates
    .all = Find all webhooks, Create a webhook, Delete a webhook
key-permissions-confidential = Confidential candidates
    .all = Allow access to confidential data
key-coderpad-step-1 = In CoderPad, open your settings and copy the API key.
key-coderpad-step-2 = No key there? Ask your CoderPad admin.
key-open-page = Open { $service } settings
key-request-copy = Copy a request for your Super Admin
key-request-copied = Request copied. Paste it into a message to your Super Admin.
key-request-permissions = { $name }: { $all }
key-request =
    Hi,

    Could you create a Lever API key for me? I’d like to use Padwatch, a small desktop app. It creates a CoderPad pad for each candidate tagged “coderpad” and adds the link to their Lever profile.

    The key is created under Settings › Integrations and API › API Credentials › Generate New Key.

    { $needed }

    Optional, by what they add:
    { $more }

    Lever shows the key only once and can’t change it later. A password manager is safer for sending it than email or chat.

    Thank you
key-show = Show key
key-hide = Hide key
who-may = Who can do what
who-may-create-key = Create a Lever API key
    .who = A Lever Super Admin. Not on Lever’s Basic plan.
who-may-use = Use Padwatch
    .who = Anyone with the key. What counts are the key’s permissions, not your Lever role.
who-may-copy-key = Use a CoderPad API key
    .who = Depends on your CoderPad plan. If your settings don’t show a key, your plan doesn’t include one.
who-may-own = Choose a pad’s team or owner
    .who = Only with the key of an owner in a CoderPad organization.

connection-lead = Your company’s region in Lever and CoderPad, and how this computer connects. Most people don’t need to change these.
connection-production = Production
    .hint = Most accounts are here.
connection-eu = EU
    .hint = For accounts hosted in Europe.
connection-coderpad-eu = If your CoderPad address starts with “eu.”
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

rehearsal-title = Rehearsal
    .about = What Padwatch would have done in the last 30 days
rehearsal-lead = Padwatch reads Lever and CoderPad, and compares. Nothing is created or changed.
rehearsal-begin = Rehearse
rehearsal-rest = { NUMBER($count) } candidates in all. The CSV file has them.
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
pads-lead = What new pads start with. Existing pads keep what they have.
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
choose-skip-all = Skip all
choose-skip-others = Skip the others
choose-skipped =
    { $count ->
        [one] Skipped 1 candidate
       *[other] Skipped { $count } candidates
    }
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
page-accounts = Accounts
    .about = Keys, region, and proxy
page-watching = Watching
    .about = Stages, tag, and when Padwatch asks first
page-pads = Pads
    .about = New pads, and what differs per job
page-invitation = Invitation
    .about = The text you send with the link
page-general = General
    .about = Login, notifications, reminders, and privacy
page-advanced = Advanced and help
    .about = Guide, shortcuts, webhooks, CSV, and reset
page-notifications = Notifications
page-reminders = Reminders
page-privacy = Privacy
page-postings = Jobs
    .about = Tag, pad settings, and template per job
page-webhooks = Webhooks
    .about = Instant updates from Lever
page-connection = Connection
    .about = Region and proxy
page-export = Export
    .about = Download as CSV
page-forget = Reset Padwatch
    .about = Delete keys and history on this computer
guide-title = Guide
    .about = How Padwatch works, day by day
guide-loading = Opening the guide…
about-title = About
report-title = Report a problem
    .about = A report without names, keys, or links
login-open = Open Padwatch when I log in
    .hint = Opens in the tray, without a window.
safety-title = Before a pad is created
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
safety-end-pads = End the pads of candidates who leave
    .hint = 15 minutes after a candidate was archived, was moved back, or lost the tag. Never while someone is in the pad or an interview is scheduled. When off, Padwatch asks you.
safety-recreate = Recreate a pad that can’t be found
    .hint = When off, Padwatch asks you first. When on, you may occasionally get an extra pad.
interviews-not-sent = Remind me the day before if I haven’t sent the link
    .hint = At 5 PM, unless the link was copied or marked as sent.
interviews-remind = Remind me before an interview
    .hint = Includes a “Copy link” button.
interviews-minutes-before = Time before the interview
interviews-check = Check before an interview
    .hint = Checks the pad, its link, and the interviewers, and notifies you only if something is off. Enter 0 for no check.
interviews-late = Notify me about latecomers after
    .hint = When someone isn’t in the pad. Enter 0 for no notification.
interviews-days-in-tray = Show in the tray for
    .hint = After that, find them in this window.
interviews-delete-after = Delete candidate data after
    .hint = Removes names, links, and notes from this computer once a candidate has been inactive this long. Enter 0 to never remove them. Candidates deleted or anonymized in Lever are always removed.
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
diagnostics-lead = Send this to the person helping you, and say what you were doing. It contains no names, emails, keys, or links.
diagnostics-loading = Collecting details…
diagnostics-copy = Copy report
diagnostics-copied = Report copied
diagnostics-not-copied = Couldn’t copy the text. Select it below and copy it manually.
diagnostics-logs = Open logs folder
    .hint = The logs hold Padwatch’s steps with Lever’s and CoderPad’s IDs, but no names or keys.
about-version = Padwatch { $version }
update-available = Padwatch { $version } is available. Install it the way you installed this one.
update-check = Check for new versions
    .hint = Once a week. Nothing about you or your candidates is sent.
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
    .hint = Shown in [brackets] below. It fills in once Lever has it.
    .anyway = Add it in Lever first, or copy now and fill in the [brackets] yourself.
invitation-left-out = Left out, because Lever doesn’t have it yet: { $what }.
invitation-preview-waits = Correct the placeholder above to update the preview.
invitation-copy-anyway = Copy anyway
invitation-email-anyway = Email anyway
invitation-lead = What you send to candidates. Copies with formatting; Padwatch never sends email for you.
template-choose = Template
template-name = Template name
template-subject = Subject
template-text = Text
template-insert = Insert:
    .hint = A line is left out while nothing in it is known, such as the time before an interview is scheduled.
template-line = Line { NUMBER($line) }:
template-unknown = “{ $name }” isn’t a placeholder. Insert one of those below.
template-brace = “{ $text }” isn’t complete. A placeholder has a brace on each side.
template-show = Select
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

## Webhooks: why a request was rejected

rejected-made-room = Too slow while others waited
rejected-too-slow = Too slow
rejected-hung-up = Ended early
rejected-malformed = Not a valid request
rejected-head-too-long = Headers too long
rejected-body-too-long = Too large
rejected-no-length = Size not given
rejected-encoded = Sent in an unusual encoding
rejected-expects = Waited to be asked for its content
rejected-other-version = Unsupported HTTP version
rejected-other-host = Sent to another host name
rejected-other-path = Sent to another address
rejected-other-method = Not a POST request
rejected-not-an-event = Not a Lever event
rejected-unsigned = Not signed
rejected-wrong-signature = Wrong signature
rejected-no-signing-token = No signing token to verify it with
rejected-too-old = Too old
rejected-too-new = Dated in the future
rejected-not-stored = Couldn’t be saved
rejected-not-answered = Couldn’t be answered in time

## Table: the headings of the export

table-name = Name
table-job = Job
table-state = State
table-since = Since (UTC)
table-interview = Interview (UTC)
table-pad = Pad link
table-playback = Playback
table-sent = Copied or sent (UTC)
table-profile = Lever profile
table-came = Came to the stage (UTC)
table-verdict = Padwatch would have
table-found = On the profile now

## Invitation: the default text

# What stands in braces is filled in for each candidate; a line that is only about what isn't known
# yet is left out. The names are those of the placeholders.

invitation-default-name = Phone screen
invitation-default-subject = Your coding interview
invitation-default-body =
    Hi {"{"}First name{"}"},

    Thank you for your interest in the {"{"}Job{"}"} role. We’re looking forward to talking with you.

    When: {"{"}Interview time{"}"}
    With: {"{"}Interviewers{"}"}

    We’ll write some code together in CoderPad, an editor in your browser. There’s nothing to install. When the interview starts, open this link:
    {"{"}Pad link{"}"}

    Best regards,
    {"{"}Your name{"}"}

## Report: what someone who helps is sent

# No names, addresses, keys, or links. What stands in parentheses is a code of docs/ipc.md.

report-program = Padwatch { $version } on { $system }.
report-demo = This is the demo.
report-connection = Lever is at { $lever }, CoderPad at { $coderpad }. Proxy: { $proxy }.
report-overruled = The command line says where the services are.
report-restart-needed = Another choice takes effect after a restart.
report-condition =
    { $condition ->
        [watching] Padwatch is watching.
        [paused] Padwatch is paused.
        [starting] Padwatch is checking Lever for the first time.
        [waiting] Padwatch is waiting for a service ({ $code }).
        [setUp] Setup isn’t finished ({ $code }).
        [hindered] Padwatch can’t continue until something is done ({ $code }).
       *[stopped] Padwatch has stopped ({ $code }).
    }
report-checked = The last complete check was on { $when } (UTC).
report-not-checked = No check is complete yet.
report-with-pads = Candidates with pads: { NUMBER($ready) } ready to send, { NUMBER($copied) } copied, { NUMBER($ended) } ended.
report-without-pads = Candidates without pads: { NUMBER($decisions) } to decide, { NUMBER($before) } already in stage, { NUMBER($waiting) } in progress, { NUMBER($skipped) } skipped.
report-watching =
    { $whose ->
        [mine] Only the recruiter’s own candidates are watched,
       *[everybody] All candidates are watched,
    } in { $stages ->
        [0] the stage of the usual name
        [one] 1 chosen stage
       *[other] { NUMBER($stages) } chosen stages
    }, every { NUMBER($seconds) } seconds.
report-creator =
    { $creator ->
        [padwatch] Padwatch creates the pads.
       *[coderpadIntegration] CoderPad’s Lever integration creates the pads.
    }
report-guards = Delay: { NUMBER($delay) } seconds. Bulk-move limit: { NUMBER($bulk) }. Ask before each pad: { $asks }. Create again when not found: { $again }. Warn at: { NUMBER($low) } pads left. Acting user: { $user }.
report-pads-left = Pads left in the plan: { NUMBER($left) }.
report-pads-unlimited = The plan’s number of pads isn’t known.
report-notice = A notice about this computer is shown ({ $code }).
report-webhooks =
    { $state ->
        [off] Webhooks are off.
        [waiting] Webhooks are on, and none has arrived yet.
        [arriving] Webhooks are arriving.
       *[troubled] Webhooks need attention ({ $code }).
    }
report-webhook-facts = Webhooks in Lever: { NUMBER($made) }. Signing tokens: { NUMBER($tokens) }. Events accepted: { NUMBER($accepted) }. Requests rejected: { NUMBER($refused) }. Receiver restarts: { NUMBER($restarts) }.
report-yes = yes
report-no = no

## Command line

command-line-about = Creates a CoderPad pad for each tagged Lever candidate and puts its link in your tray.
command-line-usage = Usage: { $usage }
command-line-hidden = Start in the tray, without the window
command-line-copy-latest = Copy the newest link that’s ready to send, in the Padwatch that’s running
command-line-quit = Quit the Padwatch that’s running, and wait until it has ended
command-line-copied = Copied the pad link for { $who }: { $link }
command-line-copied-unchecked = Copied the pad link for { $who }: { $link } (CoderPad couldn’t be reached to check the pad)
command-line-nothing-ready = No pad link is ready to send.
command-line-not-running = Padwatch isn’t running. Start it, then try again.
command-line-demo = Try the demo with made-up candidates; no keys needed
command-line-profile = Use another folder for Padwatch’s data and logs
command-line-lever-api = Lever API base URL (https, or http on this computer)
command-line-lever-api-eu = Add it a second time for Lever’s EU region
command-line-coderpad-api = CoderPad API base URL (https, or http on this computer)
command-line-keyring-service = Show the name of this profile’s keys in the password store
command-line-help = Show this help
command-line-version = Show the version
command-line-environment = Environment variables (options take priority):
command-line-see-help = { $problem } For all options, run padwatch --help.
command-line-option-unknown = There’s no option “{ $option }”.
command-line-value-missing = { $option } needs a value.
command-line-value-not-wanted = { $option } doesn’t take a value.
command-line-text-unreadable = Padwatch can’t read “{ $text }”.
command-line-address = Padwatch can’t use “{ $address }” as the { $service } API base URL.
    .not-an-address = It isn’t a web address.
    .not-secure = Only https is accepted, except on this computer.
    .too-much = Enter the host and path alone.
command-line-switch = { $name } must be 1 or 0, not “{ $text }”.
command-line-no-display = Padwatch can’t find a display. Start it from a desktop session.
command-line-silent = Another Padwatch is running but isn’t responding. Quit it, then start Padwatch again.
command-line-folder = Padwatch can’t use its folder: { $error }
command-line-system = The system couldn’t start a thread or open a file: { $error }
command-line-no-window = Padwatch’s window isn’t built yet. Run cargo build, then start Padwatch again.
