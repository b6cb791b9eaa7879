; The installer: for this person alone, so that nobody's password is asked for.
;
;   makensis -DVERSION=… -DFROM=FOLDER -DICON=FILE -DOUT=FILE [-DSIGN=COMMAND] padwatch.nsi
;
; A Padwatch that runs is asked to quit, which finishes what it began. After an update without a word
; (/S) it is started again: candidates must not wait because a program was updated.

Unicode true
Target amd64-unicode
!include MUI2.nsh
!include LogicLib.nsh

!define NAME "Padwatch"
!define PROGRAM "$INSTDIR\padwatch.exe"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define AT_LOGIN "Software\Microsoft\Windows\CurrentVersion"

Name "${NAME}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "Software\${NAME}" ""
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "${NAME}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "Installs ${NAME}"
VIAddVersionKey CompanyName "The Padwatch authors"
VIAddVersionKey LegalCopyright "The Padwatch authors"

; The uninstaller is made here, and signed before it is packed.
!ifdef SIGN
  !uninstfinalize `${SIGN}` = 0
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "${PROGRAM}"
!define MUI_FINISHPAGE_RUN_TEXT "Open ${NAME}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English

; Sets $0 to 1 if this program runs: then no one can write its file.
!macro IsRunning PROGRAM_FILE
  ${If} ${FileExists} "${PROGRAM_FILE}"
    ClearErrors
    FileOpen $1 "${PROGRAM_FILE}" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
!macroend

!macro IsAnyRunning
  StrCpy $0 0
  !insertmacro IsRunning "${PROGRAM}"
  !insertmacro IsRunning "$INSTDIR\padwatch-window.exe"
!macroend

; Asks the program to quit, and waits until it has: $2 is 1 if it ran. One with another profile isn't
; asked.
!macro Quit
  !insertmacro IsAnyRunning
  StrCpy $2 $0
  ${If} $2 = 1
    ExecWait '"${PROGRAM}" --quit'
    ; It has finished its work, and its programs end in a moment.
    StrCpy $3 0
    ${Do}
      !insertmacro IsAnyRunning
      ${If} $0 = 0
      ${OrIf} $3 = 100
        ${ExitDo}
      ${EndIf}
      Sleep 100
      IntOp $3 $3 + 1
    ${Loop}
    ${If} $0 = 1
      MessageBox MB_OK|MB_ICONEXCLAMATION "${NAME} is still running. Quit it, then try again." /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
  ${EndIf}
!macroend

Section
  !insertmacro Quit
  SetOutPath "$INSTDIR"
  File "${FROM}\padwatch.exe"
  File "${FROM}\padwatch-window.exe"
  File "${FROM}\WebView2Loader.dll"
  File "${FROM}\licenses.txt"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "${PROGRAM}"
  WriteRegStr HKCU "Software\${NAME}" "" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "${PROGRAM}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Padwatch authors"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${If} ${Silent}
  ${AndIf} $2 = 1
    Exec '"${PROGRAM}" --hidden'
  ${EndIf}
SectionEnd

; What was Padwatch's own stays: its profile folder and its keys. Settings has a way to delete them.
Section Uninstall
  !insertmacro Quit
  Delete "${PROGRAM}"
  Delete "$INSTDIR\padwatch-window.exe"
  Delete "$INSTDIR\WebView2Loader.dll"
  Delete "$INSTDIR\licenses.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\${NAME}"
  DeleteRegKey HKCU "Software\Classes\AppUserModelId\io.padwatch.Padwatch"
  DeleteRegKey HKCU "Software\Classes\padwatch"
  DeleteRegValue HKCU "${AT_LOGIN}\Run" "padwatch"
  DeleteRegValue HKCU "${AT_LOGIN}\Explorer\StartupApproved\Run" "padwatch"
SectionEnd
