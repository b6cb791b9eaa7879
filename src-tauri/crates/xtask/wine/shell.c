/* Stands between the program and Wine's shell32.dll, which does not say where a tray icon is: then
   clicks on it would be ignored. Here it is where the pointer is. All else is passed on. */
#include <windows.h>
#include <shellapi.h>

#define HALF_AN_ICON 8

__declspec(dllexport) HRESULT WINAPI place_of_icon(const NOTIFYICONIDENTIFIER *icon, RECT *place) {
    POINT pointer;
    (void)icon;
    if (!GetCursorPos(&pointer)) return E_FAIL;
    SetRect(place, pointer.x - HALF_AN_ICON, pointer.y - HALF_AN_ICON,
            pointer.x + HALF_AN_ICON, pointer.y + HALF_AN_ICON);
    return S_OK;
}
