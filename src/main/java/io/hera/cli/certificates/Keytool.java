package io.hera.cli.certificates;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The JDK's keytool, as a process, on one key store. The JDK has no other supported way to issue a certificate.
 *
 * @param store the file of the store
 */
record Keytool(Path store) {
  /** Not a secret: the mode of the file protects the keys. keytool insists on a password. */
  static final String PASSWORD = "protected-by-mode";

  private static final long SECONDS_MAX = 60;

  /**
   * Generates a key on P-256 and its certificate.
   *
   * @param further options of {@code -genkeypair}
   * @throws IOException with keytool's message if it fails
   */
  void generate(String alias, String name, int days, List<String> further) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        program().toString(),
        "-genkeypair",
        "-alias",
        alias,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-startdate",
        "-1H",
        "-validity",
        String.valueOf(days),
        "-dname",
        "CN=" + name,
        "-keystore",
        store.toString(),
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD));
    command.addAll(further);
    run(command);
  }

  private static Path program() throws IOException {
    Path program = Path.of(System.getProperty("java.home", ""), "bin", "keytool");
    if (!Files.isExecutable(program)) {
      throw new IOException("this Java has no keytool: " + program + " is missing");
    }
    return program;
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("keytool does not end");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
    if (process.exitValue() != 0) {
      throw new IOException("keytool fails: " + output.replaceFirst("^keytool error: ", ""));
    }
  }
}
