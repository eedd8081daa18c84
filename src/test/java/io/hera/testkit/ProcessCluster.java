package io.hera.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The nodes of one cluster, each a process of its own on loopback. Closing it kills them. */
public final class ProcessCluster implements AutoCloseable {
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final Map<String, HeraProcess> processes = new LinkedHashMap<>();
  private final String settings;
  private final Path file;

  /**
   * A cluster of nodes with these names, none of which is started yet.
   *
   * @param settings further settings of all nodes, lines of YAML
   */
  public ProcessCluster(String settings, List<String> names) {
    List<Integer> free = Ports.free(names.size());
    for (int i = 0; i < free.size(); i++) {
      ports.put(names.get(i), free.get(i));
    }
    this.settings = settings;
    try {
      file = Files.writeString(Files.createTempFile("hera-cluster", ".yml"), yaml(names));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private String yaml(List<String> members) {
    StringBuilder yaml = new StringBuilder(settings).append("cluster:\n");
    members.forEach(
        name -> yaml.append("  %s: {host: 127.0.0.1, port: %d}%n".formatted(name, port(name))));
    return yaml.toString();
  }

  /** Has the cluster consist of these nodes from now on: running nodes load their file again. */
  public void setMembers(List<String> names) {
    try {
      Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), yaml(names));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The ports of the nodes by their names. */
  public Map<String, Integer> ports() {
    return Collections.unmodifiableMap(ports);
  }

  public int port(String name) {
    return ports.get(name);
  }

  /** The process that was started last under this name. */
  public HeraProcess process(String name) {
    return processes.get(name);
  }

  /** Starts all nodes from the jar of this build and waits until each accepts writes. */
  public ProcessCluster startAll() {
    ports.keySet().forEach(name -> start(name));
    ports.keySet().forEach(this::awaitReady);
    return this;
  }

  /** Starts a node from the jar of this build. */
  public HeraProcess start(String name, String... arguments) {
    return start(name, HeraProcess.launch(), arguments);
  }

  /**
   * Starts a node.
   *
   * @param launch options of the JVM; the last ones name what it runs
   * @param arguments further options of the node
   */
  public HeraProcess start(String name, List<String> launch, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-c", file.toString(), "-n", name));
    HeraProcess process = HeraProcess.startWith(launch, all.toArray(String[]::new));
    processes.put(name, process);
    return process;
  }

  /** Waits until the node accepts writes. */
  public void awaitReady(String name) {
    process(name).awaitOk(port(name), "/_health/ready");
  }

  @Override
  public void close() {
    processes.values().forEach(HeraProcess::close);
    try {
      Files.delete(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
