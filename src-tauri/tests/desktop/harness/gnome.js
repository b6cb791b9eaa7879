// What a person sees of GNOME, and their hand. Each expression is one look or one move.
const {Clutter, Shell, St} = imports.gi;
const {State} = imports.ui.messageTray;
const {PopupBaseMenuItem} = imports.ui.popupMenu;

const seat = Clutter.get_default_backend().get_default_seat();
const hand = seat.create_virtual_device(Clutter.InputDeviceType.POINTER_DEVICE);
const now = () => imports.gi.GLib.get_monotonic_time();
/** When a button was last pressed, in ms. */
let lastClick = 0;

/** The first actor inside that can be seen and begins with these words. */
function saying(words, inside) {
    if (!inside?.mapped)
        return null;
    const text = inside instanceof Clutter.Text ? inside.text : null;
    if (text?.startsWith(words))
        return inside;
    for (const child of inside.get_children()) {
        const found = saying(words, child);
        if (found)
            return found;
    }
    return null;
}

/** Whether what lies there can be chosen. Only rows of menus may be switched off. */
function isOn(actor) {
    for (; actor; actor = actor.get_parent()) {
        if (actor instanceof PopupBaseMenuItem)
            return actor.sensitive;
    }
    return true;
}

/** Moves the hand to the middle of an actor. Whether the actor is under the pointer by now. */
function over(actor) {
    if (!actor?.mapped)
        return false;
    const [left, top] = actor.get_transformed_position();
    const [width, height] = actor.get_transformed_size();
    const place = [Math.round(left + width / 2), Math.round(top + height / 2)];
    // Before it has been laid out, it is nowhere.
    if (!place.every(Number.isFinite))
        return false;
    const [x, y] = global.get_pointer();
    if (x !== place[0] || y !== place[1]) {
        hand.notify_absolute_motion(now(), ...place);
        return false;
    }
    while (actor && !actor.track_hover)
        actor = actor.get_parent();
    return actor?.hover ?? false;
}

const padwatch = {
    isUp: () => Main.layoutManager._startingUp === false,

    icon: () => {
        const icons = Object.entries(Main.panel.statusArea);
        const found = icons.find(([name, icon]) => name.startsWith('appindicator-') && icon);
        return found?.[1] ?? null;
    },
    /** Two clicks on it that follow each other too soon are one double click, whatever was clicked between. */
    isOverIcon: () => now() / 1000 > lastClick + Clutter.Settings.get_default().double_click_time &&
        over(padwatch.icon()),
    /** The row of the menu, opened or not, if it has it by now. */
    row: words => (padwatch.icon()?.menu._getMenuItems() ?? []).find(
        row => row.label?.text.startsWith(words) && row.sensitive),
    /** All rows: their words, and whether they can be chosen. */
    rows: () => (padwatch.icon()?.menu._getMenuItems() ?? []).map(
        row => [row.label?.text ?? '', row.sensitive]),
    /** The number that a click on it would name. */
    numberOf: words => padwatch.row(words)?._dbusItem.getId() ?? null,
    isMenuOpen: () => padwatch.icon()?.menu.isOpen ?? false,
    isOverRow: words => {
        const row = saying(words, padwatch.icon()?.menu.actor);
        return isOn(row) && over(row);
    },

    /** The banner that has come down. */
    banner: () => (Main.messageTray._notificationState === State.SHOWN ? Main.messageTray._banner : null),
    isOverBanner: title => {
        const banner = padwatch.banner();
        return saying(title, banner) !== null && over(banner);
    },
    isOverButton: words => over(saying(words, padwatch.banner())),

    press: button => {
        lastClick = now() / 1000;
        hand.notify_button(now(), button, Clutter.ButtonState.PRESSED);
    },
    release: button => hand.notify_button(now(), button, Clutter.ButtonState.RELEASED),
    isPressed: () => (global.get_pointer()[2] & Clutter.ModifierType.BUTTON1_MASK) !== 0,

    paste: () => {
        padwatch.pasted = null;
        const type = St.ClipboardType.CLIPBOARD;
        St.Clipboard.get_default().get_text(type, (_, text) => (padwatch.pasted = [text]));
    },
    copy: text => St.Clipboard.get_default().set_text(St.ClipboardType.CLIPBOARD, text),

    focused: () => {
        const window = global.display.focus_window;
        const app = window && Shell.WindowTracker.get_default().get_window_app(window);
        return window && {title: window.title, app: app?.get_id() ?? ''};
    },
};
global.padwatch = padwatch;
