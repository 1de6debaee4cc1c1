package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.input.WrongInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

final class FailuresTest {
  private final StringWriter said = new StringWriter();
  private final CommandLine command =
      new CommandLine(CommandSpec.create()).setErr(new PrintWriter(said, true));

  private int explain(Exception failure) {
    return Failures.explain(failure, command, command.parseArgs());
  }

  private void assertSaysOneLine(String line) {
    assertThat(said.toString()).isEqualTo(line + System.lineSeparator());
  }

  @Test
  void nameTheFileThatIsMissing() {
    assertThat(explain(new NoSuchFileException("polls.csv"))).isEqualTo(1);

    assertSaysOneLine("storewatch: there is no file polls.csv");
  }

  @Test
  void nameTheFileThatMayNotBeUsed() {
    assertThat(explain(new AccessDeniedException("polls.csv"))).isEqualTo(1);

    assertSaysOneLine("storewatch: no permission to use polls.csv");
  }

  @Test
  void haveACodeOfTheirOwnWhenTheUserCanMendThem() {
    assertThat(explain(new WrongInput("use P90D"))).isEqualTo(2);

    assertSaysOneLine("storewatch: use P90D");
  }

  @Test
  void sayWhatTheyAreWhenTheySayNothing() {
    assertThat(explain(new IOException())).isEqualTo(1);

    assertSaysOneLine("storewatch: java.io.IOException");
  }

  @Test
  void nameInTheFirstLineWhatBeganThem() {
    Exception root = new java.sql.SQLException("FATAL: no such role\nand more");

    assertThat(explain(new IllegalStateException("cannot start", new RuntimeException(root))))
        .isEqualTo(1);

    assertThat(said.toString().lines())
        .first()
        .isEqualTo("storewatch: cannot start: SQLException: FATAL: no such role");
  }

  @Test
  void showAllThereIsWhenWeAloneCanMendThem() {
    assertThat(explain(new IllegalStateException("a bug"))).isEqualTo(1);

    assertThat(said.toString())
        .startsWith("storewatch: a bug" + System.lineSeparator())
        .contains("java.lang.IllegalStateException: a bug", "at dev.storewatch.cli.FailuresTest");
  }
}
