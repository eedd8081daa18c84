import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.appinfo.InstanceInfo;
import com.netflix.appinfo.MyDataCenterInstanceConfig;
import com.netflix.appinfo.providers.EurekaConfigBasedInstanceInfoProvider;
import com.netflix.discovery.DefaultEurekaClientConfig;
import com.netflix.discovery.DiscoveryClient;
import com.netflix.discovery.EurekaClientConfig;
import com.netflix.discovery.shared.Application;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A program with Netflix' own client, version 1 or 2. It does what it reads, one word a line, and writes one line for each. Arguments:
 * the URL of the server, and the name and the id of the instance.
 */
public final class EurekaProgram {
  private EurekaProgram() {}

  public static void main(String[] args) throws Exception {
    Map.of(
            "eureka.serviceUrl.default", args[0],
            "eureka.shouldUseDns", "false",
            "eureka.name", args[1],
            "eureka.vipAddress", args[1],
            "eureka.lease.renewalInterval", "3600",
            "eureka.lease.duration", "90",
            "eureka.client.refresh.interval", "3600",
            "eureka.appinfo.replicate.interval", "3600",
            "eureka.appinfo.initial.replicate.time", "3600")
        .forEach(System::setProperty);
    MyDataCenterInstanceConfig config = new MyDataCenterInstanceConfig() {
      @Override
      public String getInstanceId() {
        return args[2];
      }

      @Override
      public boolean isInstanceEnabledOnit() {
        return true;
      }
    };
    InstanceInfo info = new EurekaConfigBasedInstanceInfoProvider(config).get();
    DiscoveryClient client = client(new ApplicationInfoManager(config, info));
    System.out.println("started");
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String word = in.readLine(); word != null; word = in.readLine()) {
      System.out.println(does(client, word));
    }
    client.shutdown();
    System.out.println("stopped");
    System.exit(0);
  }

  /** The constructors of the two versions differ. */
  private static DiscoveryClient client(ApplicationInfoManager manager) throws Exception {
    for (Constructor<?> made : DiscoveryClient.class.getConstructors()) {
      Class<?>[] types = made.getParameterTypes();
      if (types.length < 2
          || types[0] != ApplicationInfoManager.class
          || types[1] != EurekaClientConfig.class) {
        continue;
      }
      if (types.length == 2) {
        return (DiscoveryClient) made.newInstance(manager, new DefaultEurekaClientConfig());
      }
      if (types.length == 3 && types[2].getSimpleName().equals("TransportClientFactories")) {
        Object factories = Class.forName(
                "com.netflix.discovery.shared.transport.jersey3.Jersey3TransportClientFactories")
            .getMethod("getInstance")
            .invoke(null);
        return (DiscoveryClient)
            made.newInstance(manager, new DefaultEurekaClientConfig(), factories);
      }
    }
    throw new IllegalStateException("no constructor");
  }

  private static String does(DiscoveryClient client, String word) throws Exception {
    if (word.equals("fetch")) {
      return call(client, "fetchRegistry", List.of(boolean.class), List.of(false)) + " "
          + list(client);
    }
    return "" + call(client, word, List.of(), List.of());
  }

  private static Object call(
      DiscoveryClient client, String name, List<Class<?>> types, List<Object> arguments)
      throws Exception {
    Method method = DiscoveryClient.class.getDeclaredMethod(name, types.toArray(Class<?>[]::new));
    method.setAccessible(true);
    return method.invoke(client, arguments.toArray());
  }

  private static String list(DiscoveryClient client) {
    TreeSet<String> all = new TreeSet<>();
    for (Application app : client.getApplications().getRegisteredApplications()) {
      for (InstanceInfo one : new ArrayList<>(app.getInstancesAsIsFromEureka())) {
        all.add(app.getName() + "/" + one.getId() + "=" + one.getStatus());
      }
    }
    return String.join(" ", all);
  }
}
