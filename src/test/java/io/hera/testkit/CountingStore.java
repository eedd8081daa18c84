package io.hera.testkit;

import io.hera.store.Store;
import io.vertx.core.Future;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Counts the requests to a store, by method; each is one round trip over the event bus. */
public final class CountingStore {
  private final Store counted;
  private final Map<String, Integer> calls = new ConcurrentSkipListMap<>();

  public CountingStore(Store counted) {
    this.counted = counted;
  }

  /** The same store, whose requests are counted. */
  public Store store() {
    return (Store) Proxy.newProxyInstance(
        Store.class.getClassLoader(),
        new Class<?>[] {Store.class},
        (proxy, method, arguments) -> invoke(method, arguments));
  }

  private Object invoke(Method method, Object[] arguments) throws Throwable {
    if (method.getReturnType().equals(Future.class)) {
      calls.merge(method.getName(), 1, Integer::sum);
    }
    try {
      return method.invoke(counted, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }

  /** Method → requests. */
  public Map<String, Integer> calls() {
    return Map.copyOf(calls);
  }

  public void reset() {
    calls.clear();
  }
}
