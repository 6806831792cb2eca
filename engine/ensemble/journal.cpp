// Reading a journal with all its possible damage, and writing it from many threads.
#include "ensemble/journal.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/check.hpp"

namespace partnersim {
namespace {

std::string list(std::uint64_t first, std::uint64_t last) {
  if (first == last) return "record " + std::to_string(first) + " is";
  return "records " + std::to_string(first) + " to " + std::to_string(last) + " are";
}

}  // namespace

std::filesystem::path journal_path(const std::filesystem::path& result_folder) {
  return result_folder / "journal" / "records.bin";
}

// ---- reader

JournalReader::JournalReader(const std::filesystem::path& path, File::Mode mode)
    : file_(path, mode) {
  read_header();
  check_records();
}

void JournalReader::read_header() {
  std::string bytes(kFrontSize, '\0');
  bytes.resize(file_.read(0, bytes.data(), bytes.size()));
  bytes.resize(header_size_of(bytes, path()));
  bytes.resize(file_.read(0, bytes.data(), bytes.size()));
  header_ = decode_header(bytes, path());
  layout_ = layout_of(header_);
  const std::optional<std::uint64_t> mark = decode_end_mark(bytes);
  if (!mark) {
    faults_.push_back(path().string() +
                      ": the mark where precision was reached is damaged; resume restores it");
  }
  const std::uint64_t end = mark.value_or(0);
  precision_reached_ = end > 0;
  status_.assign(precision_reached_ ? end : header_.plan.replications, RecordStatus::missing);
}

RecordStatus JournalReader::check(std::uint64_t r, std::string& bytes) {
  std::uint64_t length = 0;
  read_part(r, 0, &length, sizeof length);
  if (length == 0) return RecordStatus::missing;
  bytes.resize(layout_.record_size);
  read_part(r, 0, bytes.data(), bytes.size());
  const RecordStatus status = check_record(layout_, bytes, r);
  if (status == RecordStatus::missing) {
    faults_.push_back(path().string() + ": record " + std::to_string(r) +
                      " is damaged and counts as missing");
  }
  return status;
}

void JournalReader::check_records() {
  const std::uint64_t planned = status_.size(), size = file_.size();
  const std::uint64_t held = std::max<std::uint64_t>(size, layout_.header_size);
  const std::uint64_t whole = std::min(planned, (held - layout_.header_size) / layout_.record_size);
  std::string bytes;
  for (std::uint64_t r = 0; r < whole; ++r) status_[r] = check(r, bytes);
  // A file that grows with its records may end anywhere between two of them.
  const bool grows = header_.plan.precision && !precision_reached_;
  if (whole < planned && (!grows || held != layout_.record(whole))) {
    faults_.push_back(path().string() + " is cut off: " + list(whole, planned - 1) + " missing");
  }
}

void JournalReader::read_part(std::uint64_t r, std::size_t offset, void* data,
                              std::size_t bytes) const {
  if (file_.read(layout_.record(r) + offset, data, bytes) < bytes) {
    throw FileError("cannot read", path(), "the file has become shorter");
  }
}

bool JournalReader::complete() const {
  return count(RecordStatus::missing) == 0;
}

std::uint64_t JournalReader::count(RecordStatus status) const {
  return static_cast<std::uint64_t>(std::count(status_.begin(), status_.end(), status));
}

std::vector<std::uint64_t> JournalReader::with(RecordStatus status) const {
  std::vector<std::uint64_t> numbers;
  for (std::uint64_t r = 0; r < status_.size(); ++r) {
    if (status_[r] == status) numbers.push_back(r);
  }
  return numbers;
}

Record JournalReader::read(std::uint64_t r) const {
  Record record;
  read(r, record);
  return record;
}

void JournalReader::read(std::uint64_t r, Record& record) const {
  std::string bytes(layout_.record_size, '\0');
  read_part(r, 0, bytes.data(), bytes.size());
  decode_record(layout_, bytes, record);
}

void JournalReader::read_series(std::size_t first, std::size_t count,
                                std::vector<std::int64_t>& out) const {
  require(first + count <= layout_.months * layout_.cells, "series beyond the journal");
  const std::vector<std::uint64_t> done = with(RecordStatus::done);
  out.resize(count * done.size());
  std::vector<std::int64_t> values(count);
  for (std::size_t j = 0; j < done.size(); ++j) {
    read_part(done[j], layout_.first_cell() + 8 * first, values.data(), 8 * count);
    for (std::size_t k = 0; k < count; ++k) out[k * done.size() + j] = values[k];
  }
}

void JournalReader::read_drawn(std::vector<double>& out) const {
  const std::vector<std::uint64_t> done = with(RecordStatus::done);
  out.resize(done.size() * layout_.drawn);
  for (std::size_t j = 0; j < done.size(); ++j) {
    read_part(done[j], layout_.first_drawn(), out.data() + j * layout_.drawn, 8 * layout_.drawn);
  }
}

std::string JournalReader::failure(std::uint64_t r) const {
  const Record record = read(r);
  const auto number = [](std::uint64_t x) { return std::to_string(x); };
  return "replication " + number(r) + " (draw " + number(record.triple.draw) + ", world " +
         number(record.triple.world) + ", luck " + number(record.triple.luck) +
         "): " + record.failure;
}

// ---- writer

JournalWriter JournalWriter::create(const std::filesystem::path& path,
                                    const JournalHeader& header) {
  if (std::filesystem::exists(path)) throw FileError("cannot create", path, EEXIST);
  make_folder(path.parent_path());
  write_file_atomically(path, encode_header(header));
  JournalWriter writer = open(path, header);
  try {
    writer.reserve();
  } catch (const FileError&) {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);  // an empty journal helps nobody
    throw;
  }
  return writer;
}

JournalWriter JournalWriter::resume(const std::filesystem::path& path,
                                    const JournalHeader& header) {
  JournalWriter writer = open(path, header);
  writer.reserve();
  return writer;
}

JournalWriter JournalWriter::open(const std::filesystem::path& path, const JournalHeader& header) {
  JournalWriter writer(JournalReader(path, File::Mode::update));
  const std::string other = difference(writer.journal_.header_, header);
  if (!other.empty()) throw JournalFault(path, "is the journal of another run: " + other);
  if (!writer.journal_.file_.lock()) {
    throw FileError("cannot write", path, "another process is writing it");
  }
  if (!writer.journal_.precision_reached_) writer.mark_end(0);  // it might be damaged
  return writer;
}

void JournalWriter::reserve() {
  const bool grows = journal_.header_.plan.precision && !journal_.precision_reached_;
  if (!grows) journal_.file_.reserve(journal_.layout_.record(journal_.replications()));
}

void JournalWriter::write(const Record& record) {
  const JournalLayout& layout = journal_.layout_;
  require(record.replication < journal_.replications() && record.drawn.size() == layout.drawn &&
              record.cells.size() == layout.months * layout.cells,
          "record does not fit the journal");
  thread_local std::string bytes;
  encode_record(layout, record, bytes);
  journal_.file_.write(layout.record(record.replication), bytes.data(), bytes.size());
  journal_.status_[record.replication] = record.failed ? RecordStatus::failed : RecordStatus::done;
}

void JournalWriter::end_at(std::uint64_t n) {
  // In this order: a mark says that nothing lies beyond it.
  journal_.file_.resize(journal_.layout_.record(n));
  mark_end(n);
  journal_.status_.resize(n);
  journal_.precision_reached_ = true;
}

void JournalWriter::mark_end(std::uint64_t n) {
  const std::string mark = encode_end_mark(n);
  journal_.file_.write(kEndMark, mark.data(), mark.size());
}

void JournalWriter::flush() {
  journal_.file_.flush();
}

}  // namespace partnersim
