package io.sluice.watcher.http;

import java.util.Map;
import java.util.Optional;

/**
 * What somebody asks for, by GET or HEAD.
 *
 * @param path decoded, beginning with a slash
 * @param query the parameters behind the question mark, decoded; of several of a name the last
 * @param lastEventId where a stream of events is to go on
 * @param etag what the asker has already
 * @param wantsHtml whether it is a browser that shows what it gets
 */
public record Request(
        String path,
        Map<String, String> query,
        Optional<String> lastEventId,
        Optional<String> etag,
        boolean wantsHtml) {
    public Request {
        query = Map.copyOf(query);
    }
}
