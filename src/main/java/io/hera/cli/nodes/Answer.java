package io.hera.cli.nodes;

import io.hera.cli.shell.CommandFailed;
import io.hera.cli.shell.ExitCode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What a node has answered.
 *
 * @param headers by name in lower case
 * @param body whole
 */
public record Answer(NodeUrl node, int status, Map<String, String> headers, byte[] body) {
  /** Copies the headers. */
  public Answer {
    headers = Map.copyOf(headers);
  }

  /** Returns a header. */
  public Optional<String> header(String lowerCase) {
    return Optional.ofNullable(headers.get(lowerCase));
  }

  /** Returns the body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Returns whether another node may answer better: this one is starting, stopping, busy or broken, or is not a node. */
  public boolean isOfNoUse() {
    return ExitCode.ofStatus(status) == ExitCode.UNREACHABLE && status != 304;
  }

  /** Returns why it is a refusal, for a person. */
  public String refusal() {
    return Refusal.of(status, body);
  }

  /**
   * Returns the same if the node has done what it was asked.
   *
   * @param subject what it was asked about
   * @throws CommandFailed if it refuses
   */
  public Answer orRefused(Object subject) {
    ExitCode code = ExitCode.ofStatus(status);
    if (code == ExitCode.DONE || status == 304) {
      return this;
    }
    throw new CommandFailed(code, subject + " at " + node + ": " + refusal());
  }
}
