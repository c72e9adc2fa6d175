using System.Globalization;

namespace Coop.Federation.Messages;

/// <summary>
/// Reads an inner list with parameters (RFC 9651) in its one spelling: strings without escapes, integers
/// without a sign, nothing optional.
/// </summary>
internal ref struct FieldReader(string text)
{
    private const int MaxNames = 8;
    private const int MaxDigits = 15;

    private readonly string _text = text;
    private int _at;

    public static MessageException Malformed() => new(
        MessageCodes.SignatureMalformed, "The fields of the signature are not of the form that nodes use.");

    /// <summary>The names in the brackets, in their order.</summary>
    public IReadOnlyList<string> ReadNames()
    {
        var names = new List<string>();
        Expect('(');
        while (names.Count < MaxNames)
        {
            names.Add(ReadString());
            if (TryTake(')'))
            {
                return names;
            }

            Expect(' ');
        }

        throw Malformed();
    }

    /// <summary>The next parameter, a <see cref="long"/> or a <see cref="string"/>; false at the end.</summary>
    public bool TryReadParameter(out string name, out object value)
    {
        (name, value) = ("", "");
        if (_at == _text.Length)
        {
            return false;
        }

        Expect(';');
        name = ReadWhile(char.IsAsciiLetterLower);
        Expect('=');
        value = _at < _text.Length && _text[_at] == '"' ? ReadString() : ReadInteger();
        return true;
    }

    private string ReadString()
    {
        Expect('"');
        var value = ReadWhile(c => c is > ' ' and <= '~' and not '"' and not '\\');
        Expect('"');
        return value;
    }

    private long ReadInteger()
    {
        var digits = ReadWhile(char.IsAsciiDigit);
        return digits.Length <= MaxDigits && (digits.Length == 1 || digits[0] != '0')
            ? long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)
            : throw Malformed();
    }

    private string ReadWhile(Func<char, bool> isPart)
    {
        var start = _at;
        while (_at < _text.Length && isPart(_text[_at]))
        {
            _at++;
        }

        return _at > start ? _text[start.._at] : throw Malformed();
    }

    private bool TryTake(char c)
    {
        var isThere = _at < _text.Length && _text[_at] == c;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    private void Expect(char c)
    {
        if (!TryTake(c))
        {
            throw Malformed();
        }
    }
}
