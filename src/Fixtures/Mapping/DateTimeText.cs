using System.Globalization;
using Fixtures.Formats;

namespace Fixtures.Mapping;

/// <summary>
/// Dates and times in ISO 8601 (with <c>T</c> or space, fields of one or two digits, any fraction to 100 ns, <c>Z</c> or an offset), which YAML's timestamps are too.
/// Stored as Microsoft.Data.Sqlite stores the .NET value: https://learn.microsoft.com/dotnet/standard/data/sqlite/types.
/// </summary>
internal static class DateTimeText
{
    private const int LongestText = 40;

    // yyyy-MM-dd and yyyy-MM-dd HH:mm:ss.
    private const int StoredDateLength = 10;
    private const int StoredLength = 19;

    public static bool TryConvertDate(Record record, int node, out SqlValue value)
    {
        value = SqlValue.Null;
        ReadOnlySpan<byte> text = record.Value(node);
        if (text.Length == StoredDateLength && IsStoredDate(text))
        {
            value = SqlValue.FromText(record[node].Start, StoredDateLength);
            return true;
        }
        var scanner = new Scanner(text);
        if (!scanner.TryDate(out DateTime date) || !scanner.IsAtEnd)
            return false;
        value = StoreDate(record, date);
        return true;
    }

    public static bool TryConvertDateTime(Record record, int node, out SqlValue value)
    {
        value = SqlValue.Null;
        ReadOnlySpan<byte> text = record.Value(node);
        if (IsNearlyStored(text))
        {
            int start = record[node].Start;
            if (text[StoredDateLength] != ' ')
            {
                Span<byte> stored = record.Reserve(StoredLength);
                text[..StoredLength].CopyTo(stored);
                stored[StoredDateLength] = (byte)' ';
                start = record.Commit(StoredLength);
            }
            value = SqlValue.FromText(start, StoredLength);
            return true;
        }
        if (!TryParse(text, out DateTime moment, out TimeSpan? offset))
            return false;
        if (offset is { } shift)
        {
            long ticks = moment.Ticks - shift.Ticks;
            if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
                return false;
            moment = new DateTime(ticks);
        }
        value = Store(record, moment);
        return true;
    }

    public static bool TryConvertDateTimeOffset(Record record, int node, out SqlValue value)
    {
        value = SqlValue.Null;
        if (!TryParse(record.Value(node), out DateTime moment, out TimeSpan? offset))
            return false;
        TimeSpan shift = offset ?? TimeSpan.Zero;
        long utc = moment.Ticks - shift.Ticks;
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks)
            return false;
        value = Store(record, new DateTimeOffset(moment, shift));
        return true;
    }

    public static bool TryConvertTime(Record record, int node, out SqlValue value)
    {
        value = SqlValue.Null;
        var scanner = new Scanner(record.Value(node));
        if (!scanner.TryTime(out long ticks) || !scanner.IsAtEnd)
            return false;
        value = Store(record, new TimeOnly(ticks));
        return true;
    }

    public static SqlValue Store(Record record, DateTime moment)
    {
        Span<byte> text = record.Reserve(LongestText);
        int length = WriteDate(text, moment);
        text[length++] = (byte)' ';
        length += WriteTime(text[length..], moment.TimeOfDay);
        return SqlValue.FromText(record.Commit(length), length);
    }

    public static SqlValue StoreDate(Record record, DateTime date)
    {
        int length = WriteDate(record.Reserve(LongestText), date);
        return SqlValue.FromText(record.Commit(length), length);
    }

    public static SqlValue Store(Record record, DateTimeOffset moment)
    {
        moment.TryFormat(record.Reserve(LongestText), out int written, "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
        return SqlValue.FromText(record.Commit(written), written);
    }

    public static SqlValue Store(Record record, TimeOnly time)
    {
        string format = time.Ticks % TimeSpan.TicksPerSecond == 0 ? "HH:mm:ss" : "HH:mm:ss.fffffff";
        time.TryFormat(record.Reserve(LongestText), out int written, format, CultureInfo.InvariantCulture);
        return SqlValue.FromText(record.Commit(written), written);
    }

    // By hand: DateTime.TryFormat with a custom format took 6 % of a load of records with two of them.
    private static int WriteDate(Span<byte> text, DateTime date)
    {
        (int year, int month, int day) = date;
        WriteDigits(text, year, 4);
        text[4] = (byte)'-';
        WriteDigits(text[5..], month, 2);
        text[7] = (byte)'-';
        WriteDigits(text[8..], day, 2);
        return 10;
    }

    /// <summary>Writes <c>HH:mm:ss</c> and the fraction without the zeros at its end.</summary>
    private static int WriteTime(Span<byte> text, TimeSpan time)
    {
        WriteDigits(text, time.Hours, 2);
        text[2] = (byte)':';
        WriteDigits(text[3..], time.Minutes, 2);
        text[5] = (byte)':';
        WriteDigits(text[6..], time.Seconds, 2);
        int fraction = (int)(time.Ticks % TimeSpan.TicksPerSecond);
        if (fraction == 0)
            return 8;
        text[8] = (byte)'.';
        WriteDigits(text[9..], fraction, 7);
        return 9 + text.Slice(9, 7).TrimEnd((byte)'0').Length;
    }

    private static void WriteDigits(Span<byte> text, int number, int count)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            text[i] = (byte)('0' + number % 10);
            number /= 10;
        }
    }

    /// <summary>Whether a date and time is written as it is stored, but for a T and a Z: as most are.</summary>
    private static bool IsNearlyStored(ReadOnlySpan<byte> text) =>
        (text.Length == StoredLength || (text.Length == StoredLength + 1 && text[StoredLength] is (byte)'Z'))
        && text[StoredDateLength] is (byte)'T' or (byte)' '
        && text[13] == ':' && text[16] == ':'
        && IsStoredDate(text)
        && TwoDigits(text, 11) <= 23 && TwoDigits(text, 14) <= 59 && TwoDigits(text, 17) <= 59;

    /// <summary>Whether a text begins with a date as it is stored.</summary>
    private static bool IsStoredDate(ReadOnlySpan<byte> text)
    {
        uint century = TwoDigits(text, 0);
        uint yearOfCentury = TwoDigits(text, 2);
        uint month = TwoDigits(text, 5);
        uint day = TwoDigits(text, 8);
        return text[4] == '-' && text[7] == '-' && century <= 99 && yearOfCentury <= 99 && century + yearOfCentury > 0 && month is >= 1 and <= 12
            && day >= 1 && (day <= 28 || day <= DateTime.DaysInMonth((int)(century * 100 + yearOfCentury), (int)month));
    }

    /// <returns>More than 99 if there are no two digits.</returns>
    private static uint TwoDigits(ReadOnlySpan<byte> text, int start)
    {
        uint tens = (uint)text[start] - '0';
        uint ones = (uint)text[start + 1] - '0';
        return tens > 9 || ones > 9 ? uint.MaxValue : tens * 10 + ones;
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out DateTime moment, out TimeSpan? offset)
    {
        offset = null;
        var scanner = new Scanner(text);
        if (!scanner.TryDate(out moment))
            return false;
        if (scanner.IsAtEnd)
            return true;
        if (!scanner.TrySeparator() || !scanner.TryTime(out long ticks))
            return false;
        moment = moment.AddTicks(ticks);
        return scanner.IsAtEnd || (scanner.TryOffset(out offset) && scanner.IsAtEnd);
    }

    private ref struct Scanner(ReadOnlySpan<byte> text)
    {
        private ReadOnlySpan<byte> _rest = text;

        public readonly bool IsAtEnd => _rest.IsEmpty;

        public bool TryDate(out DateTime date)
        {
            date = default;
            if (!TryNumber(4, 4, out int year) || !Skip((byte)'-') || !TryNumber(1, 2, out int month) || !Skip((byte)'-') || !TryNumber(1, 2, out int day)
                || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            {
                return false;
            }
            date = new DateTime(year, month, day);
            return true;
        }

        public bool TrySeparator()
        {
            if (Skip((byte)'T') || Skip((byte)'t'))
                return true;
            if (!Skip((byte)' '))
                return false;
            _rest = _rest.TrimStart((byte)' ');
            return true;
        }

        public bool TryTime(out long ticks)
        {
            ticks = 0;
            int second = 0;
            if (!TryNumber(1, 2, out int hour) || !Skip((byte)':') || !TryNumber(1, 2, out int minute) || hour > 23 || minute > 59)
                return false;
            if (Skip((byte)':') && (!TryNumber(1, 2, out second) || second > 59))
                return false;
            ticks = ((hour * 60L + minute) * 60 + second) * TimeSpan.TicksPerSecond;
            return !(Skip((byte)'.') || Skip((byte)',')) || TryFraction(ref ticks);
        }

        public bool TryOffset(out TimeSpan? offset)
        {
            offset = null;
            _rest = _rest.TrimStart((byte)' ');
            if (Skip((byte)'Z') || Skip((byte)'z'))
            {
                offset = TimeSpan.Zero;
                return true;
            }
            bool negative = Skip((byte)'-');
            if (!negative && !Skip((byte)'+'))
                return false;
            int minutes = 0;
            if (!TryNumber(1, 2, out int hours))
                return false;
            if (!IsAtEnd)
            {
                Skip((byte)':');
                if (!TryNumber(2, 2, out minutes) || minutes > 59)
                    return false;
            }
            var shift = new TimeSpan(hours, minutes, 0);
            if (shift > TimeSpan.FromHours(14))
                return false;
            offset = negative ? -shift : shift;
            return true;
        }

        /// <summary>Digits beyond 100 ns must be zeros: nothing is cut off.</summary>
        private bool TryFraction(ref long ticks)
        {
            long unit = TimeSpan.TicksPerSecond;
            int digits = 0;
            while (_rest.Length > 0 && _rest[0] is >= (byte)'0' and <= (byte)'9')
            {
                int digit = _rest[0] - '0';
                unit /= 10;
                if (unit == 0 && digit != 0)
                    return false;
                ticks += digit * unit;
                _rest = _rest[1..];
                digits++;
            }
            return digits > 0;
        }

        private bool TryNumber(int minDigits, int maxDigits, out int number)
        {
            number = 0;
            int digits = 0;
            while (digits < maxDigits && digits < _rest.Length && _rest[digits] is >= (byte)'0' and <= (byte)'9')
                number = number * 10 + (_rest[digits++] - '0');
            _rest = _rest[digits..];
            return digits >= minDigits;
        }

        private bool Skip(byte code)
        {
            if (_rest.IsEmpty || _rest[0] != code)
                return false;
            _rest = _rest[1..];
            return true;
        }
    }
}
