package io.sluice.client.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.event.TransferListener;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ListenerPairTest {
    static Stream<Method> events() {
        return Stream.of(TransferListener.class.getMethods());
    }

    /** An event that the pair does not pass on would be lost to both, as the interface's own method does nothing. */
    @ParameterizedTest
    @MethodSource("events")
    void bothHearOfEach(Method event) throws Exception {
        List<String> heard = new ArrayList<>();
        ListenerPair pair = new ListenerPair(hearing("first", heard), hearing("second", heard));
        @Nullable
        Object[] values =
                Stream.of(event.getParameterTypes()).map(ListenerPairTest::none).toArray();
        event.invoke(pair, values);
        assertThat(heard).containsExactly("first " + event.getName(), "second " + event.getName());
    }

    private static TransferListener hearing(String name, List<String> heard) {
        return (TransferListener) Proxy.newProxyInstance(
                TransferListener.class.getClassLoader(),
                new Class<?>[] {TransferListener.class},
                (proxy, method, arguments) -> {
                    heard.add(name + " " + method.getName());
                    return null;
                });
    }

    private static @Nullable Object none(Class<?> type) {
        if (type == int.class) {
            return 0;
        }
        if (type == long.class) {
            return 0L;
        }
        return type == boolean.class ? false : null;
    }
}
