"""A group robot's other end, on this machine: it answers well, badly, slowly or not at all."""

import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

OK = (200, b'{"errcode": 0, "errmsg": "ok"}')


class Receiver:
    """Takes what robots are sent; ``answers`` are given in turn, the last one stays."""

    def __init__(self, *answers, hold=0, drip=0):
        self.received, self.answers = [], list(answers) or [OK]
        self.hold, self.drip = hold, drip
        self.released = threading.Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"] or 0))
                receiver.received.append((self.path, body))
                receiver._answer(self)

            def log_message(self, *_args):
                """Say nothing: the tests' output is read."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def _answer(self, handler):
        if self.hold:
            self.released.wait(self.hold)
        status, body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        try:
            handler.send_response(status)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            if not self.drip:
                handler.wfile.write(body)
                return
            for byte in body:
                handler.wfile.write(bytes([byte]))
                handler.wfile.flush()
                time.sleep(self.drip)
        except OSError:
            # the caller has given up: that is what some tests are about
            return

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}/robot?key=SECRET"

    @property
    def texts(self):
        return [json.loads(body)["text"]["content"] for _path, body in self.received]

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_error):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()


def closed_port():
    """Return an address at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/robot?key=SECRET"
