"""speech-dispatcher by its own protocol: a stand-in listens where the real one does."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from backtimer.audio import dispatcher
from backtimer.audio.dispatcher import SpeechDispatcher
from backtimer.audio.equipment import find_voice
from backtimer.audio.finding import VoiceChoice
from backtimer.audio.voice import EngineVoice
from tests.audio.fakes import Programs
from tests.audio.waiting import until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it is a program of Unix")


class Server:
    """Answers as speech-dispatcher does, and notes what each connection has said."""

    def __init__(self, path: Path) -> None:
        self.modules = ["espeak-ng", "dummy"]
        self.refuses: str = ""
        self.is_mute = False
        self.heard: list[tuple[int, str]] = []
        """The number of a connection, and a line of it."""
        self.connections: list[socket.socket] = []
        path.parent.mkdir(parents=True, exist_ok=True)
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(path))
        self._listening.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    def event(self, number: int, code: int, name: str) -> None:
        """Tell what became of a message."""
        self.connections[number].sendall(f"{code}-1\r\n{code}-7\r\n{code} {name}\r\n".encode())

    def close(self) -> None:
        for connection in (self._listening, *self.connections):
            connection.close()

    def said(self, number: int = -1) -> list[str]:
        """What a connection has said; the last one."""
        which = len(self.connections) - 1 if number < 0 else number
        return [line for one, line in self.heard if one == which]

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self.connections.append(connection)
            number = len(self.connections) - 1
            threading.Thread(target=self._serve, args=(connection, number), daemon=True).start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        speaking = False
        with suppress(OSError), connection.makefile("rb") as lines:
            for raw in lines:
                line = raw.decode().rstrip("\r\n")
                self.heard.append((number, line))
                if self.is_mute:
                    continue
                if speaking:
                    if line == ".":
                        speaking = False
                        connection.sendall(b"225-21\r\n225 OK MESSAGE QUEUED\r\n")
                    continue
                if line == "SPEAK":
                    speaking = True
                    answer = "230 OK RECEIVING DATA"
                elif line == "LIST OUTPUT_MODULES":
                    answer = "".join(f"250-{name}\r\n" for name in self.modules) + "250 OK MODULE LIST SENT"
                elif self.refuses and self.refuses in line:
                    answer = "409 ERR COULDN'T SET VOICE"
                else:
                    answer = "200 OK"
                connection.sendall(f"{answer}\r\n".encode())


@pytest.fixture
def where(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where it listens, in a folder with a short name."""
    folder = tmp_path_factory.mktemp("run")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    monkeypatch.delenv("SPEECHD_ADDRESS", raising=False)
    return folder / "speech-dispatcher" / "speechd.sock"


@pytest.fixture
def server(where: Path) -> Iterator[Server]:
    found = Server(where)
    yield found
    found.close()


@pytest.fixture
def voice(programs: Programs, tmp_path: Path) -> EngineVoice:
    programs.add("spd-say", "sys.exit(1)")
    choice = VoiceChoice(language="nl", rate=125)
    found = find_voice(choice, tmp_path / "cache", platform="linux", which=programs.which)
    assert found is not None and not found.renders
    found.learn({"Drie bruggen": "nl"})
    return found


def test_words_are_said_in_their_language_at_their_pace(server: Server, voice: EngineVoice) -> None:
    sounding = voice.say("Three.")
    assert sounding is not None
    until(lambda: server.said()[-1:] == ["."])
    assert server.said() == [
        "SET self CLIENT_NAME unknown:backtimer:main",
        "SET self NOTIFICATION END on",
        "SET self NOTIFICATION CANCEL on",
        "SET self LANGUAGE en",
        "SET self RATE -50",
        "SPEAK",
        "Three.",
        ".",
    ]
    assert not sounding.is_over()
    server.event(0, 701, "BEGIN")
    assert not sounding.is_over()
    server.event(0, 702, "END")
    until(sounding.is_over)
    assert voice.problem == ""
    voice.say("Drie bruggen.")
    until(lambda: server.said()[-1:] == ["."])
    assert "SET self LANGUAGE nl" in server.said()


def test_only_its_own_words_are_silenced(server: Server, voice: EngineVoice, programs: Programs) -> None:
    one, other = voice.say("One."), voice.say("Two.")
    assert one is not None and other is not None
    other.stop()
    assert other.is_over() and not one.is_over()
    until(lambda: server.said(1)[-1:] == ["CANCEL self"])
    assert "CANCEL self" not in server.said(0)
    assert not any("all" in line for _, line in server.heard)
    assert not programs.calls("spd-say")


@pytest.mark.parametrize("text", ["%s%n", ".", ".hidden", "a\nSET all RATE 100", "QUIT"])
def test_a_text_is_never_a_command(server: Server, voice: EngineVoice, text: str) -> None:
    assert voice.say(text) is not None
    until(lambda: server.said()[-1:] == ["."])
    given = server.said()
    sent = given[given.index("SPEAK") + 1 : -1]
    assert sent == [("." if text.startswith(".") else "") + text.replace("\n", " ")]


def test_words_that_another_program_silences_are_no_fault(server: Server, voice: EngineVoice) -> None:
    sounding = voice.say("One.")
    assert sounding is not None
    server.event(0, 703, "CANCELED")
    until(sounding.is_over)
    assert voice.problem == ""


def test_a_server_that_goes_away_is_told(server: Server, voice: EngineVoice) -> None:
    sounding = voice.say("One.")
    assert sounding is not None
    server.connections[0].shutdown(socket.SHUT_RDWR)
    until(sounding.is_over)
    assert "speech-dispatcher says nothing" in voice.problem


def test_a_server_that_does_not_answer_is_told(
    server: Server, voice: EngineVoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatcher, "_ANSWERING_S", 0.2)
    server.is_mute = True
    assert voice.say("One.") is None
    assert "speech-dispatcher cannot be started (timed out)" in voice.problem
    assert "speech-dispatcher hangs" in voice.check()


def test_words_that_hang_are_given_up(server: Server, voice: EngineVoice) -> None:
    sounding = voice.say("One.")
    assert sounding is not None
    sounding.give_up()
    assert sounding.is_over()
    assert "speech-dispatcher hangs" in voice.problem


def test_where_it_does_not_run_its_client_starts_it(
    programs: Programs, where: Path, voice: EngineVoice
) -> None:
    assert voice.say("One.") is None
    assert programs.calls("spd-say")[0]["arguments"] == ["-O"]
    assert "speech-dispatcher cannot be started (No such file or directory)" in voice.problem
    assert "speech-dispatcher cannot be reached" in voice.check()


@pytest.mark.parametrize(("modules", "lack"), [(["espeak-ng", "dummy"], ""), (["dummy"], "has no voice")])
def test_what_it_can_speak_with(server: Server, voice: EngineVoice, modules: list[str], lack: str) -> None:
    server.modules = modules
    found = voice.check()
    assert lack in found and bool(found) is bool(lack)


def test_a_voice_that_it_does_not_have_is_told_and_another_one_speaks(server: Server) -> None:
    server.refuses = "SYNTHESIS_VOICE Anna"
    engine = SpeechDispatcher(Path("/there/spd-say"), "Anna", None, "de")
    engine.say("Drei.", "de", lambda code: None)
    assert engine.note == "speech-dispatcher has no voice 'Anna'; another one speaks."
    engine.say("Three.", "en", lambda code: None)
    until(lambda: server.said(1)[-1:] == ["."])
    assert not any("SYNTHESIS_VOICE" in line for line in server.said(1))


def test_it_may_listen_on_a_port(voice: EngineVoice, monkeypatch: pytest.MonkeyPatch, where: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        monkeypatch.setenv("SPEECHD_ADDRESS", f"inet_socket:127.0.0.1:{listening.getsockname()[1]}")
        threading.Thread(target=lambda: voice.say("One."), daemon=True).start()
        connection, _ = listening.accept()
        with connection:
            assert connection.recv(100).startswith(b"SET self CLIENT_NAME")
