Attribute VB_Name = "PerfCalls"
Option Explicit
Option Private Module

' What the worksheet functions share: arguments as plain values, the workbook's settings,
' the call into Python, and answers with true Excel errors.

' The COM errors that say that the Python process has ended.
Private Const DISCONNECTED As Long = &H80010108
Private Const SERVER_GONE As Long = &H800706BA
Private Const CALL_FAILED As Long = &H800706BE
Private Const LAST_SETTINGS_ROW As Long = 500
Private Const ROWS_ABOVE As Long = 10

Private server As Object
Private refusal As String

' Calls a function of ours in Python and gives its answer, errors as errors.
Public Function Answered(ByVal functionName As String, ByVal arguments As Variant) As Variant
    Answered = WithErrors(FromPython(functionName, arguments))
End Function

' What a cell shows where a call failed; why is kept for the Help button.
Public Function Refused(ByVal functionName As String, ByVal why As String) As Variant
    refusal = functionName & ": " & why
    Refused = CVErr(xlErrValue)
End Function

' Why the last call that failed did so; "" where none did.
Public Function LastRefusal() As String
    LastRefusal = refusal
End Function

' The add-in's Python process, started by the first call; kept, since asking xlwings for it reads
' the configuration file each time.
Private Function FromPython(ByVal functionName As String, ByVal arguments As Variant) As Variant
    Dim tried As Boolean
    Dim number As Long
    Dim why As String
    On Error GoTo Failed
Again:
    If server Is Nothing Then Set server = XLPy
    FromPython = server.CallUDF(PYTHON_FUNCTIONS, functionName, arguments, Nothing, Nothing)
    Exit Function
Failed:
    number = Err.Number
    why = Err.Description
    If Not tried And HasEnded(number) Then
        tried = True
        Set server = Nothing
        Resume Again
    End If
    Err.Raise number, "perf-addin", why
End Function

Private Function HasEnded(ByVal number As Long) As Boolean
    HasEnded = (number = DISCONNECTED Or number = SERVER_GONE Or number = CALL_FAILED)
End Function

' The Python process, for the ribbon.
Public Function PythonServer() As Object
    Dim alive As Boolean
    If Not server Is Nothing Then
        On Error Resume Next
        alive = (server.Str("") = "")
        On Error GoTo 0
        If Not alive Then Set server = Nothing
    End If
    If server Is Nothing Then Set server = XLPy
    Set PythonServer = server
End Function

' An argument as Python takes it: Empty where it was left out, the values of a range, rows of
' cells for a list typed in braces.
Public Function Plain(Optional ByVal argument As Variant) As Variant
    If IsMissing(argument) Then
        Plain = Empty
    ElseIf IsObject(argument) Then
        If argument.Areas.Count > 1 Then Err.Raise 5
        Plain = argument.Value2
    ElseIf IsArray(argument) Then
        Plain = InRows(argument)
    Else
        Plain = argument
    End If
End Function

' As Plain, of a whole range: without what lies beyond the sheet's used cells.
Public Function PlainUsed(Optional ByVal argument As Variant) As Variant
    Dim used As Object
    If Not IsMissing(argument) Then
        If IsObject(argument) Then
            If argument.Areas.Count > 1 Then Err.Raise 5
            Set used = Application.Intersect(argument, argument.Worksheet.UsedRange)
            If used Is Nothing Then Exit Function
            PlainUsed = used.Value2
            Exit Function
        End If
    End If
    PlainUsed = Plain(argument)
End Function

' A list such as {1,2,3} arrives with one dimension; Python is given rows.
Private Function InRows(ByVal list As Variant) As Variant
    Dim rows() As Variant
    Dim at As Long
    If Dimensions(list) <> 1 Then
        InRows = list
        Exit Function
    End If
    ReDim rows(0 To 0, 0 To UBound(list) - LBound(list))
    For at = LBound(list) To UBound(list)
        rows(0, at - LBound(list)) = list(at)
    Next at
    InRows = rows
End Function

Private Function Dimensions(ByVal list As Variant) As Long
    Dim bound As Long
    On Error GoTo Counted
    Do
        bound = UBound(list, Dimensions + 1)
        Dimensions = Dimensions + 1
    Loop
Counted:
End Function

' An answer of Python's with true errors where it holds the text of one.
Private Function WithErrors(ByVal answer As Variant) As Variant
    Dim down As Long
    Dim across As Long
    If Not IsArray(answer) Then
        WithErrors = ErrorOr(answer)
        Exit Function
    End If
    Select Case Dimensions(answer)
        Case 1
            For across = LBound(answer) To UBound(answer)
                answer(across) = ErrorOr(answer(across))
            Next across
        Case 2
            For down = LBound(answer, 1) To UBound(answer, 1)
                For across = LBound(answer, 2) To UBound(answer, 2)
                    answer(down, across) = ErrorOr(answer(down, across))
                Next across
            Next down
    End Select
    WithErrors = answer
End Function

Private Function ErrorOr(ByVal value As Variant) As Variant
    Dim number As Long
    If VarType(value) = vbString Then
        If Left$(value, 1) = "#" Then number = ErrorNumber(value)
    End If
    If number = 0 Then ErrorOr = value Else ErrorOr = CVErr(number)
End Function

' What the Settings sheet of the workbook that holds the formula states; "" where nothing.
Public Function Stated(ByVal setting As String) As String
    Dim sheet As Object
    Dim names As Variant
    Dim row As Long
    Dim last As Long
    Set sheet = SettingsSheet()
    If sheet Is Nothing Then Exit Function
    last = sheet.UsedRange.Row + sheet.UsedRange.Rows.Count - 1
    If last > LAST_SETTINGS_ROW Then last = LAST_SETTINGS_ROW
    names = sheet.Range("A1:B" & last).Value2
    For row = 1 To last
        If TextOf(names(row, 1)) = LCase$(setting) Then
            If TextOf(names(row, 2)) <> "" Then Stated = AsStated(sheet.Range("B" & row))
        End If
    Next row
End Function

Private Function SettingsSheet() As Object
    Dim book As Object
    Dim name As Variant
    Dim sheet As Object
    Dim row As Long
    If Not IsObject(Application.Caller) Then Exit Function
    Set book = Application.Caller.Worksheet.Parent
    For Each name In Array(SETTINGS_NAME, SETTINGS_OTHER_NAME)
        For Each sheet In book.Worksheets
            If sheet.Name = name Then
                For row = 1 To ROWS_ABOVE
                    If Left$(TextOf(sheet.Range("A" & row).Value2), Len(SETTINGS_MARK)) = LCase$(SETTINGS_MARK) Then
                        Set SettingsSheet = sheet
                        Exit Function
                    End If
                Next row
            End If
        Next sheet
    Next name
End Function

' A number keeps all its digits, and its percent sign where it is shown with one.
Private Function AsStated(ByVal cell As Object) As String
    If VarType(cell.Value2) <> vbDouble Then
        AsStated = Trim$(cell.Value2)
    ElseIf InStr(cell.NumberFormat, "%") > 0 Then
        AsStated = Trim$(Str$(cell.Value2 * 100)) & "%"
    Else
        AsStated = Trim$(Str$(cell.Value2))
    End If
End Function

Private Function TextOf(ByVal value As Variant) As String
    If Not IsError(value) Then TextOf = LCase$(Trim$(CStr(value)))
End Function
