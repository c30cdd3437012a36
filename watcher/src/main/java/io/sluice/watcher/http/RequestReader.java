package io.sluice.watcher.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request in our terms, and the token that came with it.
 *
 * @param address the path as it was sent, which leads to this server whatever it is
 */
record RequestReader(Request request, String address, Optional<String> token, boolean tokenInAddress) {
    /** Name of the cookie, and of the parameter without its first part. */
    static final String COOKIE = "sluice_token";

    private static final String PARAMETER = "token";
    private static final String BEARER = "bearer ";
    static final int MAX_PARAMETERS = 16;

    /** @throws IllegalArgumentException if the address cannot be decoded */
    static RequestReader read(HttpRequest http) {
        QueryStringDecoder address = new QueryStringDecoder(http.uri(), StandardCharsets.UTF_8, true, MAX_PARAMETERS);
        Map<String, String> query = new HashMap<>();
        address.parameters().forEach((name, values) -> query.put(name, values.getLast()));
        HttpHeaders headers = http.headers();
        String accept = headers.get(HttpHeaderNames.ACCEPT, "");
        Request request = new Request(
                address.path(),
                query,
                Optional.ofNullable(headers.get("Last-Event-ID")),
                Optional.ofNullable(headers.get(HttpHeaderNames.IF_NONE_MATCH)),
                accept.contains("text/html"));
        // a plus sign in an address means a space, which no token has
        Optional<String> inAddress = Optional.ofNullable(query.get(PARAMETER)).map(text -> text.replace(' ', '+'));
        Optional<String> token =
                bearer(headers).or(() -> inAddress).or(() -> cookie(headers.get(HttpHeaderNames.COOKIE, "")));
        String here = address.rawPath().replaceFirst("^/+", "/"); // two slashes would begin another host's name
        return new RequestReader(request, here, token, inAddress.isPresent());
    }

    private static Optional<String> bearer(HttpHeaders headers) {
        String value = headers.get(HttpHeaderNames.AUTHORIZATION, "");
        boolean is = value.toLowerCase(Locale.ROOT).startsWith(BEARER);
        return is ? Optional.of(value.substring(BEARER.length()).strip()) : Optional.empty();
    }

    private static Optional<String> cookie(String header) {
        return ServerCookieDecoder.LAX.decode(header).stream()
                .filter(cookie -> cookie.name().equals(COOKIE))
                .map(cookie -> cookie.value())
                .findFirst();
    }
}
