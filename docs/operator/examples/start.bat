@echo off
rem Double-click to start the site: http://127.0.0.1:8000/  Close the window to stop it.
chcp 65001 >nul
set PYTHONUTF8=1
if not defined GONGKAI_DATA_DIR set "GONGKAI_DATA_DIR=%LOCALAPPDATA%\gongkai"
if not defined PORT set "PORT=8000"
"%~dp0gongkai\Scripts\gongkai.exe" serve --port %PORT%
if errorlevel 1 pause
