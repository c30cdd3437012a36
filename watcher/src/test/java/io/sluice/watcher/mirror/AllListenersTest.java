package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever a listener can be told, each is told: with a method of {@link MirrorListener} that is not passed on, this fails. */
class AllListenersTest {
    private final List<String> told = new ArrayList<>();

    private MirrorListener listener(String name) {
        return (MirrorListener) Proxy.newProxyInstance(
                MirrorListener.class.getClassLoader(),
                new Class<?>[] {MirrorListener.class},
                (proxy, method, arguments) -> {
                    told.add(name + " " + method.getName());
                    return null;
                });
    }

    @Test
    void tellsEachOfEverythingInTurn() throws ReflectiveOperationException {
        MirrorListener all = MirrorListener.all(listener("one"), listener("two"));
        List<Method> methods = Arrays.stream(MirrorListener.class.getDeclaredMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .toList();
        assertThat(methods).isNotEmpty();
        for (Method method : methods) {
            told.clear();
            method.invoke(all, new Object[method.getParameterCount()]);
            assertThat(told).containsExactly("one " + method.getName(), "two " + method.getName());
        }
    }
}
