package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.PasswordSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A place that is spelled in two ways is one place: two pushes to it at once would undo each other's work. */
class ReplicaTest {
    private static String place(String destination) {
        return Replica.of(destination, PasswordSource.of("")).place();
    }

    @ParameterizedTest
    @CsvSource({
        "rsync://web1/www, web1::www",
        "rsync://web1/www, rsync://me@WEB1:873/www/",
        "rsync://web1/www/site, web1::www//site/./",
        "rsyncs://web1/www, rsyncs://web1:874/www/",
        "web1:/srv/www, me@Web1:/srv//www/",
        "me@web1:www, me@web1:www/",
        "/srv/www, /srv/./www/"
    })
    void spellingsOfOnePlaceAreEqual(String one, String other) {
        assertThat(place(one)).isEqualTo(place(other));
    }

    @ParameterizedTest
    @CsvSource({
        "rsync://web1/www, rsync://web2/www",
        "rsync://web1/www, rsync://web1:8730/www",
        "rsync://web1/www, rsync://web1/WWW",
        "rsync://web1/www, rsync://web1/www/site",
        "rsync://web1/srv/www, web1:/srv/www",
        "me@web1:www, you@web1:www",
        "me@web1:www, me@web1:/www"
    })
    void placesThatMayDifferAreNot(String one, String other) {
        assertThat(place(one)).isNotEqualTo(place(other));
    }
}
