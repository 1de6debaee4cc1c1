package dev.storewatch.importing;

import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.database.FreeDisk;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.StoreLimits;
import dev.storewatch.store.Stores;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the server that import. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UploadLimits.class)
class ImportBeans {
  @Bean
  Imports imports(Database database, Clock clock) {
    return Imports.open(database, clock);
  }

  @Bean
  Importer importer(
      DataFolder folder,
      Database database,
      Stores stores,
      Polls polls,
      Imports imports,
      Clock clock) {
    return new Importer(folder, database, stores, polls, imports, clock);
  }

  @Bean
  LivePolls livePolls(
      Database database,
      Stores stores,
      Polls polls,
      StoreLimits limits,
      ObjectProvider<ImportListener> listener) {
    LivePolls live = new LivePolls(database, stores, polls, limits.stores());
    listener.ifAvailable(live::setListener);
    return live;
  }

  @Bean(initMethod = "resume", destroyMethod = "close")
  ImportUploads importUploads(
      Database database,
      DataFolder folder,
      FreeDisk disk,
      UploadLimits limits,
      StoreLimits storeLimits,
      Importer importer,
      Imports imports,
      Clock clock,
      ObjectProvider<ImportListener> listener) {
    ImportUploads uploads =
        new ImportUploads(database, folder, disk, limits, storeLimits, importer, imports, clock);
    listener.ifAvailable(uploads::setListener);
    return uploads;
  }
}
