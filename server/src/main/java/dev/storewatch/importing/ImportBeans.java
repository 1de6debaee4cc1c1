package dev.storewatch.importing;

import dev.storewatch.poll.Polls;
import dev.storewatch.store.Stores;
import dev.storewatch.system.DataFolder;
import dev.storewatch.system.Database;
import dev.storewatch.system.FreeDisk;
import dev.storewatch.system.Limits;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the server that import. */
@Configuration(proxyBeanMethods = false)
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
      Limits limits,
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
      Limits limits,
      Importer importer,
      Imports imports,
      Clock clock,
      ObjectProvider<ImportListener> listener) {
    ImportUploads uploads =
        new ImportUploads(database, folder, disk, limits, importer, imports, clock);
    listener.ifAvailable(uploads::setListener);
    return uploads;
  }
}
