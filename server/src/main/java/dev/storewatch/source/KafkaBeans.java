package dev.storewatch.source;

import dev.storewatch.database.Database;
import dev.storewatch.database.FreeDisk;
import dev.storewatch.importing.StreamRejects;
import dev.storewatch.poll.PollIntake;
import dev.storewatch.poll.PollWriter;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts that read polls from Kafka; they do nothing unless the settings name topics. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaSettings.class)
class KafkaBeans {
  @Bean
  KafkaLag kafkaLag() {
    return new KafkaLag();
  }

  @Bean
  KafkaFollower kafkaFollower(
      Database database,
      PollIntake intake,
      PollWriter writer,
      FreeDisk disk,
      KafkaSettings settings,
      SourceSettings sources,
      KafkaLag lag,
      Clock clock,
      ObjectProvider<KafkaListener> told) {
    List<KafkaListener> listeners = told.stream().toList();
    StreamRejects rejects = new StreamRejects(database);
    SqlKafkaOffsets offsets = new SqlKafkaOffsets(database, clock);
    return new KafkaFollower(
        new KafkaClient(settings, System::getenv, sources.secrets()),
        new KafkaReader.Parts(
            settings,
            writer,
            offsets,
            new KafkaPlaces(offsets, intake, rejects, settings.start(), clock, listeners),
            rejects,
            disk,
            lag,
            clock,
            listeners));
  }
}
