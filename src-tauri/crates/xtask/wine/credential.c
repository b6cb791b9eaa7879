/* credential.exe TARGET USER SECRET: puts a secret into Credential Manager, as its owner would. */
#include <windows.h>
#include <wincred.h>
#include <stdio.h>
#include <wchar.h>

int wmain(int count, wchar_t **words) {
    CREDENTIALW credential = {0};
    if (count != 4) return 2;
    credential.Type = CRED_TYPE_GENERIC;
    credential.TargetName = words[1];
    credential.UserName = words[2];
    credential.CredentialBlob = (LPBYTE)words[3];
    credential.CredentialBlobSize = (DWORD)(wcslen(words[3]) * sizeof(wchar_t));
    credential.Persist = CRED_PERSIST_LOCAL_MACHINE;
    if (CredWriteW(&credential, 0)) return 0;
    fprintf(stderr, "CredWriteW: %lu\n", GetLastError());
    return 1;
}
