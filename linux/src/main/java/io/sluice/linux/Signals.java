package io.sluice.linux;

import java.io.IOException;
import java.lang.reflect.Proxy;

/**
 * What operators tell a service by signals, such as SIGHUP and SIGUSR1, which would else end the process. The runtime's class for signals is reached by its name, as the compiler
 * takes every mention of it for a fault.
 */
public final class Signals {
    private Signals() {}

    /**
     * The same as {@link #handle}, also if the signal was ignored as the process began, which the runtime would leave so: rsync's daemon hears SIGHUP under {@code nohup} too, and
     * {@code inotifywatch} in the background of a script hears SIGINT.
     */
    public static void handleInherited(String name, Runnable action) throws IOException {
        InheritedSignal.heed(name);
        handle(name, action);
    }

    /** Runs {@code action} each time that the signal ({@code HUP}, without {@code SIG}) comes, on a thread of the runtime. Where that cannot be had, nothing changes. */
    @SuppressWarnings("ReferenceEquality") // a proxy is only itself
    public static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        switch (method.getName()) {
                            case "handle" -> action.run();
                            case "hashCode" -> {
                                return System.identityHashCode(proxy);
                            }
                            case "equals" -> {
                                return proxy == arguments[0];
                            }
                            default -> {
                                return name;
                            }
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // the runtime was told to leave signals alone
        }
    }
}
