package dev.storewatch.source;

import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.importing.FileIntake;
import dev.storewatch.importing.Imports;
import dev.storewatch.importing.UploadLimits;
import dev.storewatch.outgoing.Outgoing;
import dev.storewatch.work.Job;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the server that get polls by themselves. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({InboxSettings.class, SourceSettings.class})
class SourceBeans {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  private static final Duration BETWEEN_PULLS = Duration.ofSeconds(5);

  @Bean
  Inbox inbox(
      DataFolder folder,
      InboxSettings settings,
      FileIntake intake,
      Imports imports,
      Clock clock,
      ObjectProvider<InboxListener> listeners) {
    return new Inbox(
        folder.path().resolve("inbox"),
        settings,
        intake,
        imports,
        clock,
        listeners.stream().toList());
  }

  /** Of each server, because each has a data folder of its own. */
  @Bean
  Job inboxJob(Inbox inbox) {
    return Job.ofEachProcess("inbox", BETWEEN_LOOKS, inbox::look);
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  Pulls pulls(
      Database database,
      DataFolder folder,
      Outgoing outgoing,
      FileIntake intake,
      SourceSettings settings,
      UploadLimits limits,
      Clock clock,
      ObjectProvider<PullListener> listeners)
      throws IOException {
    Pull pull =
        new Pull(
            outgoing,
            intake,
            settings,
            System::getenv,
            folder.temporary(),
            limits.uploadBytes().toBytes());
    return new Pulls(
        database,
        pull,
        clock,
        () -> ThreadLocalRandom.current().nextDouble(),
        listeners.stream().toList());
  }

  /** Of each server: whichever looks first pulls what is due. */
  @Bean
  Job pullJob(Pulls pulls) {
    return Job.ofEachProcess("pull", BETWEEN_PULLS, pulls::wake);
  }
}
