package io.hera.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {
  @ParameterizedTest
  @CsvSource({
    "200, 0", "204, 0", "404, 3", "400, 4", "401, 4", "403, 4", "409, 4", "412, 4", "413, 4",
    "507, 4", "302, 5", "408, 5", "429, 5", "500, 5", "503, 5", "505, 5"
  })
  void aStatusHasACode(int status, int code) {
    assertThat(ExitCode.ofStatus(status).code()).isEqualTo(code);
  }

  @Test
  void theHelpNamesEachCodeOnce() {
    assertThat(ExitCode.help().keySet()).containsExactly("0", "1", "2", "3", "4", "5");
  }
}
