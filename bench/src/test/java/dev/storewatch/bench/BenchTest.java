package dev.storewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchTest {
  private final StringWriter errors = new StringWriter();
  private final CommandLine bench =
      new CommandLine(new Bench()).setErr(new PrintWriter(errors, true));

  @Test
  void withoutAFolderOrADatabaseItSaysWhatToName() {
    assertThat(bench.execute()).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(errors.toString()).contains("storewatch bench DIR", "--database");
  }

  @Test
  void theAddressOfAnotherDatabaseIsRefusedWithoutBeingRepeated() {
    assertThat(bench.execute("--database", "mysql://bench:secret@localhost/storewatch"))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(errors.toString()).contains("jdbc:postgresql:").doesNotContain("secret");
  }

  @Test
  void noRunAtAllIsRefused() {
    assertThat(bench.execute("--runs", "0", "--database", "jdbc:postgresql://localhost/storewatch"))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(errors.toString()).contains("--runs is 0");
    assertThat(bench.execute("compare", "--with", ".", "--runs", "0"))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(bench.execute("calendar", ".", "--runs", "0")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(bench.execute("live", ".", "--runs", "0")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(bench.execute("deliveries", "--runs", "0")).isEqualTo(CommandLine.ExitCode.USAGE);
  }

  @Test
  void sparkIsOnTheClassPathOfOthersAlone() {
    assertThat(bench.execute("spark", "--runs", "0")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(errors.toString()).contains("--runs is 0");
    assertThat(bench.execute("spark", ".")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(errors.toString()).contains("start this as ./storewatch bench spark");
  }

  @Test
  void theCalendarIsMeasuredOnAFolderThatIsNamed() {
    assertThat(bench.execute("calendar")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(errors.toString()).contains("Missing required parameter: 'DIR'");
  }

  @Test
  void aBuildToCompareWithMustBeThere() {
    assertThat(bench.execute("compare")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(errors.toString()).contains("--with");
    assertThat(bench.execute("compare", "--with", "no/such/folder"))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(errors.toString()).contains("name the folder of a checkout of Storewatch");
    assertThat(bench.execute("load", "--with", "no/such/folder"))
        .isEqualTo(CommandLine.ExitCode.USAGE);
  }
}
