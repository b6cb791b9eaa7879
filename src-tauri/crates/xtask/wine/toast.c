/* toast.dll: the few classes of Windows that show a notification, which Wine 8 lacks. Each one that is
   shown becomes a line in the file that TOASTS names: the application's id, a tab, and its XML. */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

typedef void *Text;
const wchar_t *WINAPI WindowsGetStringRawBuffer(Text text, UINT32 *length);

enum Kind { FACTORY, DOCUMENT, TOASTS, TOAST, MANAGER, NOTIFIER };

/* An object has one table of functions for each interface that is asked of it. All of them begin with
   the six of IInspectable; SLOTS is more than the longest here has. */
#define SLOTS 64
struct object {
    void **table;   /* of its own interface */
    void **reading; /* of IXmlDocumentIo */
    LONG references;
    enum Kind kind;
    wchar_t *text; /* a document's XML, a toast's, or the id of a notifier's application */
};

static void *TABLES[6][SLOTS], *READING[SLOTS];

static const GUID READS_XML = {0x6cd0e74e, 0xee65, 0x4489, {0x9e, 0xbf, 0xca, 0x43, 0xe8, 0x7b, 0xa6, 0x37}};

static struct object *reader(void *of_reading) {
    return (struct object *)((char *)of_reading - offsetof(struct object, reading));
}

static HRESULT WINAPI no(void) { return E_NOTIMPL; }

/* Whatever is asked of a class or an object is its own interface, but for a document's reading. */
static HRESULT WINAPI query(struct object *object, const GUID *id, void **found) {
    InterlockedIncrement(&object->references);
    *found = IsEqualGUID(id, &READS_XML) ? (void *)&object->reading : (void *)object;
    return S_OK;
}
static ULONG WINAPI add(struct object *object) { return InterlockedIncrement(&object->references); }
/* A few hundred bytes a toast stay: tests show a few. */
static ULONG WINAPI release(struct object *object) { return InterlockedDecrement(&object->references); }

static HRESULT WINAPI query_reading(void *reading, const GUID *id, void **found) {
    return query(reader(reading), id, found);
}
static ULONG WINAPI add_reading(void *reading) { return add(reader(reading)); }
static ULONG WINAPI release_reading(void *reading) { return release(reader(reading)); }

static struct object *make(enum Kind kind, const wchar_t *text) {
    struct object *object = calloc(1, sizeof *object);
    object->table = TABLES[kind];
    object->reading = READING;
    object->references = 1;
    object->kind = kind;
    object->text = _wcsdup(text);
    return object;
}

static HRESULT WINAPI activate(void *factory, struct object **made) {
    (void)factory;
    *made = make(DOCUMENT, L"");
    return S_OK;
}

static HRESULT WINAPI load(void *reading, Text xml) {
    struct object *document = reader(reading);
    free(document->text);
    document->text = _wcsdup(WindowsGetStringRawBuffer(xml, NULL));
    return S_OK;
}

static HRESULT WINAPI create_toast(void *toasts, struct object *document, struct object **made) {
    (void)toasts;
    *made = make(TOAST, document->text);
    return S_OK;
}

static HRESULT WINAPI create_notifier(void *manager, Text application, struct object **made) {
    (void)manager;
    *made = make(NOTIFIER, WindowsGetStringRawBuffer(application, NULL));
    return S_OK;
}

static HRESULT WINAPI show(struct object *notifier, struct object *toast) {
    const wchar_t *name = _wgetenv(L"TOASTS");
    FILE *file = name ? _wfopen(name, L"ab") : NULL;
    const wchar_t *parts[] = {notifier->text, L"\t", toast->text, L"\n"};
    char line[16384];
    if (!file) return E_FAIL;
    for (int part = 0; part < 4; part++) {
        int length = WideCharToMultiByte(CP_UTF8, 0, parts[part], -1, line, sizeof line, NULL, NULL);
        if (length > 1) fwrite(line, 1, length - 1, file);
    }
    fclose(file);
    return S_OK;
}

static void set_up(void) {
    if (READING[0]) return;
    for (int slot = 0; slot < SLOTS; slot++) {
        for (int kind = 0; kind < 6; kind++) TABLES[kind][slot] = no;
        READING[slot] = no;
    }
    for (int kind = 0; kind < 6; kind++) {
        TABLES[kind][0] = query;
        TABLES[kind][1] = add;
        TABLES[kind][2] = release;
    }
    READING[0] = query_reading;
    READING[1] = add_reading;
    READING[2] = release_reading;
    READING[6] = load;
    TABLES[FACTORY][6] = activate;
    TABLES[TOASTS][6] = create_toast;
    TABLES[MANAGER][7] = create_notifier;
    TABLES[NOTIFIER][6] = show;
}

__declspec(dllexport) HRESULT WINAPI DllGetActivationFactory(Text class, struct object **factory) {
    const wchar_t *name = WindowsGetStringRawBuffer(class, NULL);
    set_up();
    *factory = make(wcsstr(name, L"XmlDocument") ? FACTORY : wcsstr(name, L"Manager") ? MANAGER : TOASTS, L"");
    return S_OK;
}

__declspec(dllexport) HRESULT WINAPI DllCanUnloadNow(void) { return S_FALSE; }
