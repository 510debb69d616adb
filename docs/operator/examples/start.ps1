# 启动网站：http://127.0.0.1:8000/ ，按 Ctrl+C 停止。虚拟环境 gongkai 与本文件放在同一个文件夹里。
$ErrorActionPreference = 'Stop'
$env:PYTHONUTF8 = '1'
if (-not $env:GONGKAI_DATA_DIR) { $env:GONGKAI_DATA_DIR = Join-Path $env:LOCALAPPDATA 'gongkai' }
if (-not $env:PORT) { $env:PORT = '8000' }
& (Join-Path $PSScriptRoot 'gongkai\Scripts\gongkai.exe') serve --port $env:PORT
exit $LASTEXITCODE
