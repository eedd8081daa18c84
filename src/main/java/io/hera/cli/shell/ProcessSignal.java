package io.hera.cli.shell;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * A signal that would end the process. The JDK has no other way to handle a signal than {@code sun.misc.Signal}; it is used by
 * reflection, since the compiler warns of every use, and the warning cannot be suppressed. SIGQUIT is not among them: the JVM keeps it,
 * and prints its threads.
 */
public enum ProcessSignal {
  /** Has a daemon read its configuration again. */
  HANGUP("HUP"),
  /** Ctrl-C. */
  INTERRUPT("INT"),
  TERMINATE("TERM");

  private final String word;

  ProcessSignal(String word) {
    this.word = word;
  }

  /** Returns its name as {@code kill -s} takes it. */
  public String word() {
    return word;
  }

  /** Has {@code action} run at each signal, on a thread of its own; without effect on a system or JVM without the signal. */
  public void handle(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      signal
          .getMethod("handle", signal, handler)
          .invoke(
              null, signal.getConstructor(String.class).newInstance(word), proxy(handler, action));
    } catch (ReflectiveOperationException unsupported) {
      // The signal ends the process, as it does without this.
    }
  }

  private static Object proxy(Class<?> handler, Runnable action) {
    InvocationHandler invoked = (proxy, method, arguments) -> {
      if (method.getName().equals("handle")) {
        action.run();
      }
      return null;
    };
    return Proxy.newProxyInstance(
        ProcessSignal.class.getClassLoader(), new Class<?>[] {handler}, invoked);
  }
}
