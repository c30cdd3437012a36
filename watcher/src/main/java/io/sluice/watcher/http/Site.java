package io.sluice.watcher.http;

/** What a server serves. Called by the server's one thread, which it must not block; by then the asker has been let in. */
public interface Site {
    /** Answers a request. */
    Answer answer(Request request);

    /** Whether a path tells nothing that not everybody may know, so that no token is needed. */
    boolean isOpen(String path);

    /** What somebody is told who has no token, or a wrong one. */
    Answer refusal(Request request);
}
