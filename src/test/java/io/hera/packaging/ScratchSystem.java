package io.hera.packaging;

import io.hera.testkit.HeraProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * This machine, copy on write: programs that run in it see all its files, and their changes are in memory and end with it. So
 * a test may install a package as root. A process holds the mounts; it ends, and they with it, when its input does, at the
 * latest with this JVM. The network is that of the machine; systemd does not run.
 */
final class ScratchSystem implements AutoCloseable {
  private static final String MOUNT = """
      set -e
      mount -t tmpfs -o mode=755 scratch "$0"
      mkdir "$0/changes" "$0/work" "$0/root"
      mount -t overlay scratch -o "lowerdir=/,upperdir=$0/changes,workdir=$0/work" "$0/root"
      mount --rbind /proc "$0/root/proc"
      mount --rbind /dev "$0/root/dev"
      mount -t tmpfs -o mode=755 scratch "$0/root/run"
      cp "$1" "$0/root/run/"
      echo ready
      exec cat
      """;

  private final Process holder;
  private final List<String> enter;

  private ScratchSystem(Process holder, Path folder) {
    this.holder = holder;
    enter = List.of(
        "nsenter",
        "--mount",
        "--target",
        Long.toString(holder.pid()),
        "chroot",
        folder.resolve("root").toString());
  }

  /** A finished program, and its output on both streams. */
  record Run(int exitCode, String out) {}

  /**
   * Makes one, in which {@code /run} has a copy of {@code file}.
   *
   * @param folder an empty one
   * @throws IOException if this user may not mount, or the kernel cannot
   */
  static ScratchSystem with(Path file, Path folder) throws IOException {
    Process holder = new ProcessBuilder(
            "unshare", "--mount", "sh", "-c", MOUNT, folder.toString(), file.toString())
        .redirectErrorStream(true)
        .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (!"ready".equals(line)) {
      holder.destroyForcibly();
      throw new IOException(line);
    }
    return new ScratchSystem(holder, folder);
  }

  /** Runs a line of the shell as root, without input and without questions. */
  Run run(String line) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(concat(
            enter, "env", "LC_ALL=C.UTF-8", "DEBIAN_FRONTEND=noninteractive", "sh", "-c", line))
        .redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), out);
  }

  /** Starts a program as this user, with these variables and no others. */
  HeraProcess start(String user, Map<String, String> environment, String program) {
    String variables = environment.entrySet().stream()
        .map(variable -> "'" + variable.getKey() + "=" + variable.getValue() + "'")
        .collect(Collectors.joining(" "));
    String line = "%s setpriv --reuid=%s --regid=%s --init-groups --no-new-privs env -i %s %s"
        .formatted(String.join(" ", enter), user, user, variables, program);
    return HeraProcess.shell(Map.of(), line);
  }

  private static List<String> concat(List<String> first, String... rest) {
    List<String> all = new ArrayList<>(first);
    all.addAll(Arrays.asList(rest));
    return all;
  }

  @Override
  public void close() throws IOException {
    holder.getOutputStream().close();
    try {
      holder.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
