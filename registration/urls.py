from django.urls import include, path

from registration.views import account, agree, freeze, login, logout, phone, register, set_up, staying

app_name = "registration"
urlpatterns = [
    path("register/", register.register, name="register"),
    path("register/number/", register.number, name="number"),
    path("register/no-match/", register.no_match, name="no_match"),
    path("register/exists/", register.exists, name="exists"),
    path("register/account/", account.account, name="account"),
    path("register/two-step/", phone.two_step, name="two_step"),
    path("register/phone/", phone.phone, name="phone"),
    path("register/code/", phone.code, name="code"),
    path("register/done/", register.done, name="done"),
    path("login/", login.login, name="login"),
    path("login/call/", login.call, name="login_call"),
    path("logout/", logout.logout, name="logout"),
    path("terms/agree/", agree.agree, name="agree"),
    path("session/extend/", staying.extend, name="extend"),
    path("", include("registration.recovery.urls")),
    path("", include("registration.factors.urls")),
    path("profile/", include("registration.profile.urls")),
    path("staff/accounts/", include("registration.staff.urls")),
    path("account/freeze/<str:token>/", freeze.freeze, name="freeze"),
    path("account/set-up/<str:token>/", set_up.password, name="set_up"),
    path("account/set-up/<str:token>/phone/", set_up.phone, name="set_up_phone"),
    path("account/set-up/<str:token>/code/", set_up.code, name="set_up_code"),
    path("account/set-up/<str:token>/password/", set_up.new_password, name="set_up_password"),
    path("logged-out/", logout.logged_out, name="logged_out"),
]
