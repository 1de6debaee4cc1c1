package dev.storewatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.importing.UploadLimits;
import dev.storewatch.setting.BadSetting;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

/** What stops the start of the server, and what does not. */
final class SettingsTest {
  @Test
  void stopTheStartWithWhatWouldBeRight(@TempDir Path path) {
    stopTheStartWhenTheyAreNoGood(
        "storewatch.limits.uplod-bytes: 1GB", "storewatch.limits.upload-bytes", path);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "storewatch.report-retenton: P1D | there is no setting storewatch.report-retenton",
        "storewatch.limits.uplod-bytes: 1GB | there is no setting storewatch.limits.uplod-bytes",
        "storewatch.limits.uplod-bytes: 1GB | storewatch.limits.upload-bytes",
        "storewatch.access.oidc.isuer: x | there is no setting storewatch.access.oidc.isuer",
        "storewatch.acess.hosts: [a] | there is no setting storewatch.acess.hosts[0]",
        "storewatch.report-retention: soon | storewatch.report-retention is 'soon': use a duration,"
            + " for example",
        "storewatch.report-retention: PT1M | use a duration from PT1H to P36500D, for example P30D",
        "storewatch.limits.upload-bytes: much | storewatch.limits.upload-bytes is 'much': use a"
            + " size, for example 10GB",
        "storewatch.limits.upload-bytes: -1B | storewatch.limits.upload-bytes is -1B: use more,",
        "storewatch.limits.queued-reports: 0 | storewatch.limits.queued-reports is 0: use more,",
        "storewatch.limits.queued-reports: few | storewatch.limits.queued-reports is 'few': use a"
            + " whole number",
        "storewatch.limits.slow-after: 0s | storewatch.limits.slow-after is PT0S: use more, for"
            + " example 30s",
        "storewatch.zone-rules: /not/there | storewatch.zone-rules cannot be used ('/not/there' is"
            + " not a folder of time zones",
        "storewatch.zone-rules: sistem | use bundled, system, or a folder of TZif files, for"
            + " example /usr/share/zoneinfo",
        "storewatch.zone-rules: '' | storewatch.zone-rules is empty: use bundled, system, or",
        "storewatch.poll-retention: P7D | storewatch.poll-retention is PT168H: use at least 32"
            + " days,",
        "storewatch.database.url: mysql://db/storewatch | storewatch.database.url has to begin"
            + " with jdbc:postgresql:, for example jdbc:postgresql://db.example.com/storewatch",
        "storewatch.database.connections: 2 | storewatch.database.connections is 2: use at least"
            + " 8,",
        "storewatch.database.timeout: 1ms | storewatch.database.timeout is PT0.001S: use a second",
        "storewatch.inbox.settled: 0s | storewatch.inbox.settled is PT0S: use a second at least,"
            + " for",
        "storewatch.inbox.kept: 1m | storewatch.inbox.kept is PT1M: use a duration from PT1H to",
        "storewatch.inbox.reading: {day: x} | there is no storewatch.inbox.reading.day: there are",
        "storewatch.inbox.reading: {days: x} | storewatch.inbox.reading: ",
        "storewatch.inbox.folder: /proc/inbox | storewatch.inbox.folder is /proc/inbox, which"
            + " cannot",
        "storewatch.prober.enabled: true | storewatch.prober.references is missing: name an"
            + " address",
        "storewatch.prober: {every: 1s} | storewatch.prober.every is PT1S: use 1m to 1d, for"
            + " example",
        "storewatch.prober: {at-once: 0} | storewatch.prober.at-once is 0: use 1 to 200, for"
            + " example",
        "storewatch.prober: {references: [x]} | storewatch.prober.references does not begin with",
        "storewatch.sources.timeout: 0s | storewatch.sources.timeout is PT0S: use a duration from",
        "storewatch.sources.secrets: /not/there | storewatch.sources.secrets is /not/there, which"
            + " is",
        "storewatch.outgoing.allowed: [http://a/] | storewatch.outgoing.allowed has 'http://a/',"
            + " which is neither the name of one host nor a network: use for example",
        "storewatch.outgoing.connect-timeout: 0s | storewatch.outgoing.connect-timeout is PT0S:"
            + " use",
        "storewatch.database.lease: 0s | storewatch.database.lease is PT0S: use a second at least,",
      })
  void stopTheStartWhenTheyAreNoGood(String yaml, String message, @TempDir Path path) {
    assertThatThrownBy(() -> TestServer.startWith(path, yaml))
        .isInstanceOf(BadSetting.class)
        .hasMessageContaining(message);
  }

  @Test
  void areReadInEveryWayOfWritingThem(@TempDir Path path) throws Exception {
    String yaml =
        """
        storewatch:
          report_retention: P7D
          lateCloseAsMidnight: true
          access:
            hosts: [stores.example.com, stores.example.org]
          limits.UPLOAD_BYTES: 3MB
        """;
    try (TestServer server = TestServer.startWith(path, yaml)) {
      assertThat(server.bean(UploadLimits.class).uploadBytes()).isEqualTo(DataSize.ofMegabytes(3));
    }
  }
}
