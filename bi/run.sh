#!/usr/bin/env bash
# run.sh: Apache Superset over the demo, with one dashboard of its KPIs.
#
#   run.sh start    install what is missing, fill the demo, start Superset, make or renew the dashboard
#   run.sh test     the same, then read the dashboard in Chromium and compare its numbers with SQL
#   run.sh images   the same, then take the pictures of docs/images
#   run.sh stop     stop Superset
#   run.sh clean    stop it, and remove all it has below target/bi
#
# Superset and all it knows is below target/bi. It listens on 127.0.0.1 only, on BI_PORT if that is given,
# else on the first free port from 8088 on. It speaks to the demo's server as the role of rights.sql.
# shellcheck source-path=SCRIPTDIR source=../scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../scripts/lib.sh"
cd "$ROOT"

base=$ROOT/target/bi
home=$base/superset
venv=$base/venv
pidfile=$home/server.pid
sandbox=scripts/sandbox.sh

# Prints the process id of our Superset. A process that merely got a dead one's id does not count.
server() {
    local pid
    [[ -r $pidfile ]] && read -r pid <"$pidfile" || return 1
    tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "--pid $pidfile " && echo "$pid"
}

stop() {
    local pid
    if pid=$(server); then
        kill -TERM "$pid"
        for _ in {1..150}; do
            server >/dev/null || break
            sleep 0.2
        done
        if server >/dev/null; then die "Superset (process $pid) does not stop within 30 seconds."; fi
        say "Superset is stopped"
    fi
    rm -f "$pidfile"
}

# Superset 6.1 runs on these versions of Python.
find_python() {
    local each
    for each in python3 python3.12 python3.11 python3.10; do
        if "$each" -c 'import ensurepip, sys, venv; sys.exit(not (3, 10) <= sys.version_info < (3, 13))' 2>/dev/null; then
            echo "$each"
            return
        fi
    done
    die "Superset needs Python 3.10, 3.11 or 3.12 with its module venv, and none of them is on PATH: install one."
}

environment() {
    local python
    if cmp -s bi/requirements.txt "$venv/complete" && "$venv/bin/python" -c '' 2>/dev/null; then return; fi
    python=$(find_python)
    say "installing Superset into $venv (some minutes, 1 GB)"
    rm -rf "$venv"
    "$python" -m venv "$venv"
    "$venv/bin/pip" install --quiet --requirement bi/requirements.txt >"$base/install.log" 2>&1 || {
        tail -n 5 "$base/install.log" >&2
        die "pip could not install Superset (see its messages above): it needs the network, to reach PyPI or what" \
            "PIP_INDEX_URL names. Mend that and try again."
    }
    cp bi/requirements.txt "$venv/complete"
}

# Superset's driver could use the socket, but only as the user who owns it: the role comes by TCP, with a password.
demo() {
    local log=$base/demo.log
    $sandbox start demo listen_addresses=127.0.0.1
    if [[ $($sandbox psql demo -XqAtc 'SHOW listen_addresses') != 127.0.0.1 ]]; then
        $sandbox stop demo
        $sandbox start demo listen_addresses=127.0.0.1
    fi
    say "filling the demo"
    $sandbox run demo -- demo/run.sh >"$log" 2>&1 || {
        tail -n 20 "$log" >&2
        die "the demo could not be filled: see its messages above."
    }
}

random() { "$venv/bin/python" -c 'import secrets; print(secrets.token_urlsafe(18))'; }

# The password comes by standard input: a command's arguments can be read by everybody.
rights() {
    $sandbox run demo -- psql -Xq -v ON_ERROR_STOP=1 < <(echo "\\set password $1" && cat bi/rights.sql) ||
        die "the demo's database refused the rights of bi/rights.sql: see its messages above."
}

# Superset's own database, its key and the password of its one user, made once.
metadata() {
    local log=$home/setup.log
    if [[ ! -f $home/secrets ]]; then
        (umask 077 && printf 'BI_SECRET_KEY=%s\nBI_PASSWORD=%s\n' "$(random)$(random)" "$(random)" >"$home/secrets")
    fi
    # shellcheck disable=SC1091
    source "$home/secrets"
    export BI_HOME=$home BI_SECRET_KEY BI_PASSWORD
    export SUPERSET_CONFIG_PATH=$ROOT/bi/superset_config.py FLASK_APP='superset.app:create_app()' PYTHONDONTWRITEBYTECODE=1
    if cmp -s bi/requirements.txt "$home/complete"; then return; fi
    say "making Superset's metadata in $home (a minute)"
    # What was begun and not finished is begun again; what is complete is brought to another version.
    [[ -f $home/complete ]] || rm -f "$home/superset.db"
    {
        "$venv/bin/superset" db upgrade &&
            { [[ -f $home/complete ]] || make_user; } &&
            "$venv/bin/superset" init
    } >"$log" 2>&1 || {
        tail -n 5 "$log" >&2
        die "Superset could not make its metadata: see $log."
    }
    cp bi/requirements.txt "$home/complete"
}

make_user() {
    "$venv/bin/superset" fab create-admin --username admin --firstname pg_cskpi --lastname demo \
        --email admin@localhost.invalid --password "$BI_PASSWORD"
}

taken() { (: >"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# The port asked for, or that of the last time, or the first that is free.
choose_port() {
    port=${BI_PORT:-}
    if [[ $port ]]; then
        if [[ ! $port =~ ^[1-9][0-9]{0,4}$ ]] || ((port > 65535)); then
            die "BI_PORT=$port is no port: give a number up to 65535."
        fi
        if taken "$port"; then die "port $port is taken: give another one, 'make bi BI_PORT=8099', or none."; fi
        return
    fi
    if [[ -f $home/port ]]; then port=$(<"$home/port"); fi
    if [[ ! $port ]] || taken "$port"; then
        port=8088
        while taken "$port"; do port=$((port + 1)); done
    fi
    echo "$port" >"$home/port"
}

serve() {
    local log=$home/server.log
    url=http://127.0.0.1:$port
    say "starting Superset at $url"
    "$venv/bin/gunicorn" --daemon --pid "$pidfile" --bind "127.0.0.1:$port" --workers 1 --worker-class gthread --threads 8 \
        --timeout 120 --capture-output --log-file "$log" 'superset.app:create_app()'
    for _ in {1..240}; do
        if "$venv/bin/python" -c "import urllib.request; urllib.request.urlopen('$url/health', timeout=5)" 2>/dev/null; then return; fi
        sleep 0.5
    done
    tail -n 20 "$log" >&2
    die "Superset does not answer at $url: see its messages above, and $log."
}

start() {
    local password port
    mkdir -p "$home"
    if [[ ! -O $home ]]; then die "$home belongs to another user: run 'bi/run.sh clean' as that user first."; fi
    chmod 700 "$home"
    stop
    # First, because what comes next takes minutes.
    choose_port
    environment
    demo
    metadata
    # New each time, and known to nobody but Superset.
    password=$(random)
    rights "$password"
    serve
    BI_DATABASE=postgresql://cskpi_bi:$password@127.0.0.1:$($sandbox psql demo -XqAtc 'SHOW port')/demo
    export BI_DATABASE
    dashboard=$("$venv/bin/python" -B bi/publish.py "$url" admin) ||
        die "the dashboard could not be made: see the messages above, and $home/server.log."
    export BI_DASHBOARD=$dashboard
}

tell() {
    cat <<END

The dashboard "Customer success" is ready:

    URL        $dashboard
    user       admin
    password   $BI_PASSWORD

'make stop' stops Superset and the demo's server. 'make bi' starts them again: it makes the charts of this
dashboard anew, and leaves alone what else you have made in Superset.
END
}

find_chromium() {
    for BI_CHROMIUM in "${BI_CHROMIUM:-}" "$(command -v chromium || true)" "$(command -v google-chrome || true)"; do
        if [[ $BI_CHROMIUM && -x $BI_CHROMIUM ]]; then
            export BI_CHROMIUM
            return
        fi
    done
    die "there is no Chromium: install Debian's package chromium, or give BI_CHROMIUM=/path/to/it."
}

in_browser() { $sandbox run demo -- "$venv/bin/python" -B "$@"; }

run_tests() {
    local log=$base/test.log status=0 passed failed
    in_browser bi/test/dashboard.py | tee "$log" || status=$?
    passed=$(grep -c '^ok - ' "$log" || true)
    failed=$(grep -c '^not ok - ' "$log" || true)
    # A suite that ended early has no plan, or fewer tests than it says.
    if [[ $(tail -n 1 "$log") != "1..$((passed + failed))" ]] || ((status != 0 && failed == 0)); then
        echo "not ok - the suite ended early, with status $status"
        failed=$((failed + 1))
    fi
    echo "$passed passed, $failed failed"
    ((failed == 0))
}

case ${1:-} in
    start)
        start
        tell
        ;;
    test)
        find_chromium
        start
        run_tests
        ;;
    images)
        find_chromium
        command -v pngquant >/dev/null || die "pngquant is missing: install Debian's package of this name."
        start
        in_browser bi/test/images.py docs/images
        ;;
    stop) stop ;;
    clean)
        stop
        rm -rf "$base"
        ;;
    *)
        sed -n '2,/shellcheck/{/^# shell/d;s/^# \{0,1\}//p}' "$0" >&2
        exit 1
        ;;
esac
