// The journal: the only result of simulating. One file, `journal/records.bin`; every table, file
// and answer is a function of its records in replication order.
// Its bytes are described in ensemble/journal_format.hpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "ensemble/files.hpp"
#include "ensemble/journal_format.hpp"

namespace partnersim {

/// Where the journal of a result folder is.
std::filesystem::path journal_path(const std::filesystem::path& result_folder);

class JournalReader {
 public:
  /// Reads the header and checks every record once. Records with a wrong checksum count as missing
  /// and are named in faults(). Throws FileError, JournalFault.
  explicit JournalReader(const std::filesystem::path& path, File::Mode mode = File::Mode::read);

  const JournalHeader& header() const { return header_; }
  const std::filesystem::path& path() const { return file_.path(); }

  /// How many records a complete journal has: those planned, or where precision was reached.
  std::uint64_t replications() const { return status_.size(); }
  bool precision_reached() const { return precision_reached_; }
  bool complete() const;  // no record is missing
  RecordStatus status(std::uint64_t r) const { return status_[r]; }
  std::uint64_t count(RecordStatus status) const;
  std::vector<std::uint64_t> with(RecordStatus status) const;  // replications, ascending
  /// Damage found, a sentence each; the records it names are missing.
  const std::vector<std::string>& faults() const { return faults_; }

  std::size_t months() const { return layout_.months; }
  std::size_t cells_per_month() const { return layout_.cells; }

  /// One whole record that is not missing.
  Record read(std::uint64_t r) const;
  void read(std::uint64_t r, Record& record) const;

  /// Series for tables, over the records that are done, in replication order. A series is a cell of
  /// a month: month * cells_per_month() + cell. out[k * done + j] is series first + k of the j-th
  /// done record; choose `count` so that count * done * 8 bytes fit the memory you want to use.
  void read_series(std::size_t first, std::size_t count, std::vector<std::int64_t>& out) const;
  /// out[j * drawn + k]: drawn parameter k of the j-th done record.
  void read_drawn(std::vector<double>& out) const;
  /// Why a replication failed, with its number and triple.
  std::string failure(std::uint64_t r) const;

 private:
  friend class JournalWriter;
  void read_header();
  void check_records();
  RecordStatus check(std::uint64_t r, std::string& bytes);
  void read_part(std::uint64_t r, std::size_t offset, void* data, std::size_t bytes) const;

  File file_;
  JournalHeader header_;
  JournalLayout layout_;
  bool precision_reached_ = false;
  std::vector<RecordStatus> status_;
  std::vector<std::string> faults_;
};

class JournalWriter {
 public:
  /// Makes the file (and its folder); an existing file is a FileError. Without a precision the
  /// space for all records is taken now, so that a full disk is found at once.
  static JournalWriter create(const std::filesystem::path& path, const JournalHeader& header);
  /// Goes on with an existing file: the header must be the same; a JournalFault names the first
  /// difference. Missing and damaged records can then be written.
  static JournalWriter resume(const std::filesystem::path& path, const JournalHeader& header);

  /// From any thread, each record once.
  void write(const Record& record);
  /// Precision was reached: the journal is complete with its first n records.
  void end_at(std::uint64_t n);
  void flush();

  /// What is there, with what has been written meanwhile.
  const JournalReader& reader() const { return journal_; }

 private:
  explicit JournalWriter(JournalReader journal) : journal_(std::move(journal)) {}
  static JournalWriter open(const std::filesystem::path& path, const JournalHeader& header);
  void reserve();
  void mark_end(std::uint64_t n);

  JournalReader journal_;
};

}  // namespace partnersim
